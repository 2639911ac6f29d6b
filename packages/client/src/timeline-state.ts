import type { GatewayError } from './errors.ts'
import type { MessageOf, StateOf, TimelineRoom } from './timeline-documents.ts'

/** A room with its messages, at one moment. A change makes a new object. */
export interface TimelineState<Room extends TimelineRoom> {
  /** Null until it is read. */
  readonly room: StateOf<Room> | null
  /** Oldest first. */
  readonly messages: readonly MessageOf<Room>[]
  readonly hasEarlier: boolean
  readonly isConnected: boolean
  /** Why the room is not updated at present; null while it is. Only the codes NOT_FOUND and UNAUTHENTICATED are final. */
  readonly error: Error | null
  /** Why fields of the room or its messages are null that the gateway could not read. */
  readonly fieldErrors: readonly GatewayError[]
  /** When the room was last read again because events were missed, in milliseconds since 1970; null if none were. */
  readonly readAgainAt: number | null
}

/** Nothing is read yet. */
export const EMPTY = {
  room: null,
  messages: [],
  hasEarlier: false,
  isConnected: false,
  error: null,
  fieldErrors: [],
  readAgainAt: null,
}

/**
 * Adds a message, or replaces it with a newer version. Messages with the same time keep the order in which they arrived. A
 * page and the events after it, or an event and the result of a mutation, can both contain a message.
 */
export function withMessage<Message extends { readonly id: string; readonly createdAt: string }>(
  messages: readonly Message[],
  message: Message,
): readonly Message[] {
  const at = messages.findIndex(({ id }) => id === message.id)
  if (at >= 0) return messages.with(at, message)
  const next = messages.findIndex(({ createdAt }) => createdAt > message.createdAt)
  return next < 0 ? [...messages, message] : messages.toSpliced(next, 0, message)
}
