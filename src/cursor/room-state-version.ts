import { z } from 'zod'
import type { Role } from '../domain/caller.ts'
import type { Room, RoomStatus } from '../domain/model.ts'
import { shortHash } from '../domain/short-hash.ts'

/** Providers show operators and visitors a room differently, so each view has its own state. */
export type RoomView = 'OPERATOR' | 'VISITOR'

/** Every view. */
export const roomViews = ['OPERATOR', 'VISITOR'] as const satisfies readonly RoomView[]

/**
 * What a subscriber that resumes after a cursor must receive besides the messages: nothing, the room if its state is
 * another one by now (`VERIFY`), or the room in any case, because it may not have received the state (`SEND`).
 */
export type RoomStateResend = 'NONE' | 'VERIFY' | 'SEND'

/** What a cursor says of its room's state. */
export interface RoomStateVersion {
  readonly view: RoomView
  /** `stateHashOf` the room; null where the state is not known. */
  readonly hash: string | null
  readonly resend: RoomStateResend
}

const HASH = 6
const statusLetters: Readonly<Record<RoomStatus, string>> = {
  QUEUED: 'Q',
  OPEN: 'O',
  ON_HOLD: 'H',
  CLOSED: 'C',
  UNKNOWN: 'U',
}
const viewLetters: Readonly<Record<RoomView, string>> = { OPERATOR: 'o', VISITOR: 'v' }
const doubtLetters: Readonly<Record<RoomStateResend, string>> = { NONE: '', VERIFY: '~', SEND: '!' }

/** The view of callers of a role. */
export function roomViewOf(role: Role): RoomView {
  return role === 'OPERATOR' ? 'OPERATOR' : 'VISITOR'
}

/**
 * A short text that is equal for equal states of a room: its status (the first letter), closing, agents, department and
 * tags. Names and times of activity are no part of it.
 */
export function hashRoomState({ status, closedAt, agents, departmentId, tags }: Room): string {
  const agentIds = agents.map(({ nativeId }) => nativeId).sort()
  const state = [closedAt?.getTime() ?? null, agentIds, departmentId, [...tags].sort()]
  return statusLetters[status] + shortHash(JSON.stringify(state), HASH)
}

/** Whether two marks are of the same state. Of different views only the status can be compared. */
export function isSameRoomState(a: RoomStateVersion, b: RoomStateVersion): boolean {
  if (a.hash === null || b.hash === null) return false
  if (a.view === b.view) return a.hash === b.hash
  const [one, other] = [a.hash.charAt(0), b.hash.charAt(0)]
  return one === other || one === statusLetters.UNKNOWN || other === statusLetters.UNKNOWN
}

/** Encodes a mark for a cursor. */
export function encodeRoomStateVersion({ view, hash, resend: doubt }: RoomStateVersion): string {
  return viewLetters[view] + (hash ?? '') + doubtLetters[doubt]
}

/** Decodes what `roomMarkText` gives; anything else is refused. */
export const roomStateVersionText = z
  .string()
  .regex(/^[ov](?:[QOHCU][\w-]{6}[~!]?|!)$/)
  .transform((text): RoomStateVersion => {
    const end = text.at(-1)
    const hash = text.slice(1, 2 + HASH)
    return {
      view: text.startsWith(viewLetters.OPERATOR) ? 'OPERATOR' : 'VISITOR',
      hash: hash.length > HASH ? hash : null,
      resend: end === doubtLetters.SEND ? 'SEND' : end === doubtLetters.VERIFY ? 'VERIFY' : 'NONE',
    }
  })
