import { withMessage, withoutMessage } from '../../../shared/timeline.ts'
import type {
  ConsoleMessageFragment,
  ConsoleRoomEventsSubscription,
  ConsoleRoomPageQuery,
} from '../../generated/graphql.ts'

type RoomEvent = ConsoleRoomEventsSubscription['roomEvents']
type Room = NonNullable<ConsoleRoomPageQuery['room']>

/** An open conversation: a page of messages, and what happened after it. */
export interface Conversation {
  readonly room: Omit<Room, 'messages'>
  readonly messages: readonly ConsoleMessageFragment[]
  /** Where the live events go on: behind the page, then behind each event. */
  readonly cursor: string | null
  /** Where earlier messages are read from; null where there are none. */
  readonly earlier: string | null
  /** Whether events may be missing, so that the page has to be read anew. */
  readonly isStale: boolean
}

export function openedWith({ messages, ...room }: Room): Conversation {
  const { startCursor, endCursor, hasPreviousPage } = messages.pageInfo
  return {
    room,
    messages: messages.nodes,
    cursor: endCursor ?? null,
    earlier: hasPreviousPage ? (startCursor ?? null) : null,
    isStale: false,
  }
}

/** A page of earlier messages, put before the others. */
export function withEarlier(
  conversation: Conversation,
  nodes: readonly ConsoleMessageFragment[],
  earlier: string | null,
): Conversation {
  const known = new Set(conversation.messages.map(({ id }) => id))
  const unknown = nodes.filter(({ id }) => !known.has(id))
  return { ...conversation, messages: [...unknown, ...conversation.messages], earlier }
}

/** The conversation after an event. */
export function after(conversation: Conversation, event: RoomEvent): Conversation {
  const moved = { ...conversation, cursor: event.cursor }
  switch (event.__typename) {
    case 'MessageAddedEvent':
    case 'MessageUpdatedEvent':
      return { ...moved, messages: withMessage(moved.messages, event.message) }
    case 'MessageDeletedEvent':
      return { ...moved, messages: withoutMessage(moved.messages, event.messageId) }
    case 'GapEvent':
      return { ...moved, isStale: true }
    case 'RoomUpdatedEvent':
      return { ...moved, room: { ...moved.room, ...event.room } }
  }
}
