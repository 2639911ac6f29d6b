import { ChatError } from '../../domain/errors.ts'
import type { MessageVisibility, Room } from '../../domain/model.ts'
import type { RoomClosing } from '../../domain/rooms.ts'
import { Memo } from '../shared/memo.ts'
import { emptyResponse } from '../shared/response-format.ts'
import { addTags } from './agent/thread-tags.ts'
import { getChat } from './chat-requests.ts'
import { mapRoom, visibleEvents } from './map.ts'
import type { Participants } from './participants.ts'
import { reconcileWrite } from './reconcile-write.ts'
import { findResponseTimes } from './response-times.ts'
import type { RoomApi } from './room-api.ts'
import type { WireChat } from './wire.ts'

/**
 * Reads a chat as a room; null if LiveChat returns another chat. Costs one request: list_archives accepts a
 * thousand ids, but returns threads, perhaps without the active ones, so it does not show a room's current state
 * (docs/providers/livechat.md 8, 11.4). In the background it costs none where push shows that nothing has changed.
 */
export async function findRoom(
  api: RoomApi,
  chatId: string,
  provider: string,
  participants: Participants,
): Promise<Room | null> {
  const isPoll = api.call.priority === 'background'
  const unchanged = isPoll ? participants.findUnchangedChat(api, chatId) : null
  const chat = unchanged ?? (await readChat(api, chatId, participants))
  if (chat.id !== chatId) return null
  return rooms.get(chat, [api.view, provider], () => mapChat(chat, api.view, provider))
}

async function readChat(api: RoomApi, chatId: string, participants: Participants): Promise<WireChat> {
  const requestedAt = performance.now()
  const chat = await getChat(api, chatId, null)
  if (chat.id === chatId) participants.rememberChat(api, chat, requestedAt)
  return chat
}

const rooms = new Memo<WireChat, Room>()

function mapChat(chat: WireChat, view: MessageVisibility, provider: string): Room {
  const { thread } = chat
  const events = thread ? visibleEvents(thread, view) : []
  const parts = {
    ...chat,
    events: events.map((event) => ({ thread_id: thread?.id ?? '', event })),
    // Only the first thread of a chat has no previous thread.
    responseTimes: findResponseTimes(thread?.events.isIncomplete ? [] : events, chat.users),
    createdMicros: thread && !thread.previous_thread_id ? thread.created_at : null,
  }
  return mapRoom(parts, view, provider)
}

/**
 * Closes the chat's active thread (docs/providers/livechat.md 3.3). Reads the chat back after a lost response. With tags, it
 * reads the chat first and tags the thread; if LiveChat refuses a tag, the chat stays open. Throws `chat_inactive`, or
 * ChatError ROOM_CLOSED or INVALID_INPUT where there are tags.
 */
export async function closeRoom(
  api: RoomApi,
  chatId: string,
  { tags }: RoomClosing,
  provider: string,
): Promise<void> {
  if (tags.length > 0) await tagActiveThread(api, chatId, tags, provider)
  const body = { id: chatId, ...(api.kind === 'agent' ? { ignore_requester_presence: true } : {}) }
  await reconcileWrite<unknown>({
    provider,
    write: () => api.write('deactivate_chat', body, emptyResponse),
    readBack: async () => ((await getChat(api, chatId, null)).thread?.active === false ? true : null),
  })
}

async function tagActiveThread(
  api: RoomApi,
  chatId: string,
  tags: readonly string[],
  provider: string,
): Promise<void> {
  const { thread } = await getChat(api, chatId, null)
  if (!thread || thread.active === false) {
    throw new ChatError('ROOM_CLOSED', 'The room is closed.', { provider })
  }
  await addTags({ provider, api, chatId, id: thread.id, tags: thread.tags }, tags)
}
