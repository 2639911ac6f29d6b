import { withMessage, withoutMessage } from '../../../shared/timeline.ts'
import type {
  ConsoleMessageFragment,
  ConsoleRoomEventsSubscription,
  ConsoleRoomPageQuery,
} from '../../generated/graphql.ts'

type RoomEvent = ConsoleRoomEventsSubscription['roomEvents']
type Room = NonNullable<ConsoleRoomPageQuery['room']>

/** An open conversation: a page of messages, and the later events. */
export interface Conversation {
  /** The operator's name. */
  readonly operator: string
  readonly room: Omit<Room, 'messages'>
  readonly messages: readonly ConsoleMessageFragment[]
  /** The cursor of the page, then of each event. */
  readonly cursor: string | null
  /** The cursor of earlier messages; null where there are none. */
  readonly earlier: string | null
  /** Whether events may be missing, so that the page must be read again. */
  readonly isStale: boolean
  /** When the last gap was reported, as a timestamp; null if there was none. */
  readonly missedAt: string | null
}

/** `before` is the conversation that is read again, if it is. */
export function createConversation(
  { messages, ...room }: Room,
  operator: string,
  before: Conversation | null,
): Conversation {
  const { startCursor, endCursor, hasPreviousPage } = messages.pageInfo
  return {
    operator,
    room,
    messages: messages.nodes,
    cursor: endCursor ?? null,
    earlier: hasPreviousPage ? (startCursor ?? null) : null,
    isStale: false,
    missedAt: before?.missedAt ?? null,
  }
}

/** Prepends a page of earlier messages. */
export function prependMessages(
  conversation: Conversation,
  nodes: readonly ConsoleMessageFragment[],
  earlier: string | null,
): Conversation {
  const current = new Set(conversation.messages.map(({ id }) => id))
  const unknown = nodes.filter(({ id }) => !current.has(id))
  return { ...conversation, messages: [...unknown, ...conversation.messages], earlier }
}

/** Applies an event to a conversation. */
export function applyEvent(conversation: Conversation, event: RoomEvent): Conversation {
  const moved = { ...conversation, cursor: event.cursor }
  switch (event.__typename) {
    case 'MessageAddedEvent':
    case 'MessageUpdatedEvent':
      return { ...moved, messages: withMessage(moved.messages, event.message) }
    case 'MessageDeletedEvent':
      return { ...moved, messages: withoutMessage(moved.messages, event.messageId) }
    case 'GapEvent':
      return { ...moved, isStale: true, missedAt: new Date().toISOString() }
    case 'RoomUpdatedEvent':
      return { ...moved, room: { ...moved.room, ...event.room } }
  }
}
