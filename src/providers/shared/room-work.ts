import type { Capability } from '../../domain/capability.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { Participant, Room } from '../../domain/model.ts'
import { isVisible, toSafeLine } from '../../domain/text.ts'

/** The capabilities that change who serves a room. */
export const roomWorkCapabilities = [
  'TAKE_ROOM',
  'ASSIGN_ROOM',
  'TRANSFER_ROOM',
  'REQUEUE_ROOM',
] as const satisfies readonly Capability[]
export type RoomWorkCapability = (typeof roomWorkCapabilities)[number]

/** Facts about an operator's work on rooms that are known without a request. */
export interface RoomWorkState {
  /** The agent that the operator's writes appear as; null if it is not known without a request. */
  readonly ownAgentId: string | null
  /** Why no room can return to the queue; null while nothing is known against it. */
  readonly requeueDenialReason: string | null
}

/** Returns why the agent of a room cannot change in this way now; null if it can, or for another capability. */
export function roomWorkDenialReason(
  { status, agents }: Room,
  capability: Capability,
  { ownAgentId, requeueDenialReason }: RoomWorkState,
): string | null {
  if (!roomWorkCapabilities.some((known) => known === capability)) return null
  if (status === 'ON_HOLD') return ON_HOLD
  if (capability === 'REQUEUE_ROOM') return requeueDenialReason
  const isServedByAnother = agents.length > 0 && !agents.some(({ nativeId }) => nativeId === ownAgentId)
  return capability === 'TAKE_ROOM' && isServedByAnother ? 'An agent serves the room already.' : null
}

/** Why visitors cannot use these capabilities. */
export const ONLY_AGENTS_WORK_ON_ROOMS = 'Only operators can take, assign, transfer and requeue rooms.'

const ON_HOLD = 'The room is on hold.'

/** Longest name of an agent in an error. */
const MAX_NAME_LENGTH = 100

/** Throws for a room whose agent cannot change now: NOT_FOUND, ROOM_CLOSED, or CONFLICT for a room on hold. */
export function requireAssignable(room: Room | null, provider: string): Room {
  if (room === null) throw notFound('room', provider)
  if (room.status === 'CLOSED') throw new ChatError('ROOM_CLOSED', 'The room is closed.', { provider })
  if (room.status === 'ON_HOLD') throw new ChatError('CONFLICT', ON_HOLD, { provider })
  return room
}

/** The error for a room that another agent serves. It names the agent, never by its id. */
export function servedByAnother({ name }: Participant, provider: string): ChatError {
  const shown = toSafeLine(name ?? '').slice(0, MAX_NAME_LENGTH)
  const agent = isVisible(shown) ? `The agent ${shown}` : 'Another agent'
  return new ChatError('CONFLICT', `${agent} serves the room.`, { provider })
}
