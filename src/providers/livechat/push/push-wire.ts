import {
  fieldOf,
  readBoolean,
  readList,
  readNonEmptyString,
  readOptional,
  readStringRow,
  required,
  toObject,
  type UnreadableFields,
} from '../../shared/read-document.ts'
import {
  isForAgentsOnly,
  readChat,
  readEvent,
  readMicros,
  readQueue,
  readUser,
  type WireChat,
  type WireEvent,
  type WireQueue,
  type WireUser,
} from '../wire.ts'

/** What a push shows of one chat (docs/providers/livechat.md 7.1, 12.3, 24, 25.2). */
export type ChatPush =
  /** A new thread, with its first events; or a chat that the session has joined. */
  | { readonly type: 'Chat'; readonly chat: WireChat }
  | { readonly type: 'Event'; readonly threadId: string; readonly event: WireEvent }
  | { readonly type: 'EventDeleted'; readonly eventId: string }
  | { readonly type: 'UserAdded'; readonly user: WireUser }
  | { readonly type: 'UserRemoved'; readonly userId: string | null }
  /** `agentIds` serve the chat now. `queue` is null unless the chat is queued afterwards. */
  | { readonly type: 'Transferred'; readonly agentIds: readonly string[]; readonly queue: WireQueue | null }
  | { readonly type: 'Closed' }
  /** The chat changed in a way that shows in its room only. */
  | { readonly type: 'ChatChanged' }
  | { readonly type: 'Unreadable' }
  | {
      readonly type: 'Typing'
      readonly authorId: string
      readonly role: 'AGENT' | 'VISITOR'
      readonly isTyping: boolean
      readonly isForAgentsOnly: boolean
    }
  /** `upTo` in microseconds. */
  | { readonly type: 'Seen'; readonly userId: string; readonly upTo: number }
  | { readonly type: 'Queue'; readonly queue: WireQueue }

/** A push with its chat. */
export interface AddressedPush {
  readonly chatId: string
  readonly push: ChatPush
}

/** Reads the payload of one action. Throws UnreadableField. */
type PayloadReader = (payload: unknown, unreadableFields: UnreadableFields) => ChatPush

const chatChanged: PayloadReader = () => ({ type: 'ChatChanged' })
const unreadable: PayloadReader = () => ({ type: 'Unreadable' })

/** Actions that change a chat. */
const changeReaders: ReadonlyMap<string, PayloadReader> = new Map<string, PayloadReader>([
  ['incoming_chat', readChatPush],
  ['incoming_event', readEventPush],
  ['event_updated', readEventPush],
  ['event_deleted', (payload) => ({ type: 'EventDeleted', eventId: requiredText(payload, 'event_id') })],
  ['chat_deactivated', () => ({ type: 'Closed' })],
  ['chat_transferred', readTransferPush],
  ['chat_access_updated', chatChanged],
  ['thread_properties_updated', chatChanged],
  ['thread_properties_deleted', chatChanged],
  ['thread_tagged', chatChanged],
  ['thread_untagged', chatChanged],
  ['user_added_to_chat', readUserAddedPush],
  [
    'user_removed_from_chat',
    (payload) => ({ type: 'UserRemoved', userId: readNonEmptyString(fieldOf(payload, 'user_id')) }),
  ],
  // Messages are gone, and nothing says which.
  ['thread_deleted', unreadable],
  ['threads_deleted', unreadable],
  ['chat_deleted', unreadable],
])

/** Actions that are valid only when they arrive. */
const signalReaders: ReadonlyMap<string, PayloadReader> = new Map<string, PayloadReader>([
  ['incoming_typing_indicator', readTypingPush],
  ['incoming_sneak_peek', readSneakPeekPush],
  ['events_marked_as_seen', readSeenPush],
  ['queue_position_updated', readQueuePush],
])

const ONLY_CUSTOMERS: ReadonlySet<string> = new Set([
  'queue_position_updated',
  'customer_side_storage_updated',
  'customer_disconnected',
])

/** The actions that customers receive (docs/providers/livechat.md 25.2). */
export const customerActions = [
  'incoming_chat',
  'incoming_event',
  'event_updated',
  'event_deleted',
  'chat_deactivated',
  'chat_transferred',
  'thread_properties_updated',
  'thread_properties_deleted',
  'user_added_to_chat',
  'user_removed_from_chat',
  'customer_updated',
  'incoming_typing_indicator',
  'events_marked_as_seen',
  'queue_position_updated',
  'customer_side_storage_updated',
  'customer_disconnected',
] as const

/** The actions that agents receive. */
export const agentActions = [
  ...customerActions.filter((action) => !ONLY_CUSTOMERS.has(action)),
  'chat_access_updated',
  'thread_tagged',
  'thread_untagged',
  'thread_deleted',
  'threads_deleted',
  'chat_deleted',
  'incoming_sneak_peek',
  'queue_positions_updated',
  'agent_disconnected',
] as const

/**
 * Reads a push of any shape. Empty for an action that shows nothing of chats, for one whose chat cannot be read, and for a
 * signal that cannot be read; a change that cannot be read is Unreadable.
 */
export function readChatPushes(action: string, payload: unknown): readonly AddressedPush[] {
  if (action === 'queue_positions_updated') {
    return Array.isArray(payload) ? payload.flatMap((row: unknown) => readSignal(row, readQueuePush)) : []
  }
  const readSignalOfAction = signalReaders.get(action)
  if (readSignalOfAction) return readSignal(payload, readSignalOfAction)
  const readChange = changeReaders.get(action)
  const chatId = chatIdOf(payload)
  if (!readChange || chatId === null) return []
  return [{ chatId, push: readOptional(payload, readChange, new Set()) ?? { type: 'Unreadable' } }]
}

/** Whether a push is valid only when it arrives: nothing of the chat changed. */
export function isSignal({ type }: ChatPush): boolean {
  return type === 'Typing' || type === 'Seen' || type === 'Queue'
}

/** The customer that `customer_updated` is about; null if it cannot be read. */
export function readUpdatedCustomerId(payload: unknown): string | null {
  return readNonEmptyString(fieldOf(payload, 'id')) ?? readNonEmptyString(fieldOf(payload, 'customer_id'))
}

/** `incoming_chat` contains the chat; `chat_access_updated` and `chat_deleted` name it `id` (docs/providers/livechat.md 7.1). */
function chatIdOf(payload: unknown): string | null {
  const id = fieldOf(fieldOf(payload, 'chat'), 'id') ?? fieldOf(payload, 'chat_id') ?? fieldOf(payload, 'id')
  return readNonEmptyString(id)
}

function readSignal(payload: unknown, read: PayloadReader): readonly AddressedPush[] {
  const chatId = chatIdOf(payload)
  const push = readOptional(payload, read, new Set())
  return chatId === null || push === null ? [] : [{ chatId, push }]
}

function readChatPush(payload: unknown, unreadableFields: UnreadableFields): ChatPush {
  return { type: 'Chat', chat: readChat(fieldOf(payload, 'chat'), unreadableFields) }
}

function readEventPush(payload: unknown, unreadableFields: UnreadableFields): ChatPush {
  const event = readEvent(fieldOf(payload, 'event'), unreadableFields)
  return { type: 'Event', threadId: requiredText(payload, 'thread_id'), event }
}

function readTransferPush(payload: unknown, unreadableFields: UnreadableFields): ChatPush {
  const agentIds = fieldOf(fieldOf(payload, 'transferred_to'), 'agent_ids')
  return {
    type: 'Transferred',
    agentIds: readList(agentIds, readStringRow, unreadableFields),
    queue: readOptional(fieldOf(payload, 'queue'), readQueue, unreadableFields),
  }
}

function readUserAddedPush(payload: unknown, unreadableFields: UnreadableFields): ChatPush {
  return { type: 'UserAdded', user: readUser(fieldOf(payload, 'user'), unreadableFields) }
}

/** Customers receive `recipients` in place of `visibility` (docs/providers/livechat.md 24). */
function readTypingPush(payload: unknown): ChatPush {
  const indicator = toObject(fieldOf(payload, 'typing_indicator'))
  return {
    type: 'Typing',
    authorId: requiredText(indicator, 'author_id'),
    role: 'AGENT',
    isTyping: readBoolean(indicator['is_typing']) ?? true,
    isForAgentsOnly: isForAgentsOnly(indicator['visibility']) || isForAgentsOnly(indicator['recipients']),
  }
}

/** Of the visitor's text only whether there is any: it was not sent yet. */
function readSneakPeekPush(payload: unknown): ChatPush {
  const peek = toObject(fieldOf(payload, 'sneak_peek'))
  const isTyping = peek['text'] !== ''
  return {
    type: 'Typing',
    authorId: requiredText(peek, 'author_id'),
    role: 'VISITOR',
    isTyping,
    isForAgentsOnly: true,
  }
}

function readSeenPush(payload: unknown): ChatPush {
  const upTo = required(readMicros(fieldOf(payload, 'seen_up_to')), 'seen_up_to')
  return { type: 'Seen', userId: requiredText(payload, 'user_id'), upTo }
}

function readQueuePush(payload: unknown): ChatPush {
  return { type: 'Queue', queue: readQueue(toObject(fieldOf(payload, 'queue'))) }
}

function requiredText(value: unknown, field: string): string {
  return required(readNonEmptyString(fieldOf(value, field)), field)
}
