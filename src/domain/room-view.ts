import type { Role } from './caller.ts'

/** Providers show a room differently to operators and to visitors, so each view has its own room state. */
export type RoomView = 'OPERATOR' | 'VISITOR'

export const roomViews = ['OPERATOR', 'VISITOR'] as const satisfies readonly RoomView[]

/** The view of callers with a role. */
export function roomViewOf(role: Role): RoomView {
  return role === 'OPERATOR' ? 'OPERATOR' : 'VISITOR'
}
