import { z } from 'zod'
import type { Room } from '../../domain/model.ts'
import { getChat } from './chat-requests.ts'
import { visibleEvents } from './map.ts'
import { mapRoom } from './map-room.ts'
import type { Participants } from './participants.ts'
import { reconcileWrite } from './reconcile-write.ts'
import type { RoomApi } from './room-api.ts'

/**
 * The chat as a room, or null where another one is answered. One call each: list_archives takes a thousand ids,
 * but gives threads and leaves out the active ones, so it cannot tell how a room stands
 * (docs/providers/livechat.md 8).
 */
export async function findRoom(
  side: RoomApi,
  chatId: string,
  provider: string,
  people: Participants,
): Promise<Room | null> {
  const chat = await getChat(side, chatId, null)
  if (chat.id !== chatId) return null
  people.remember(side, chatId, chat.users)
  const { thread } = chat
  const events = thread ? visibleEvents(thread, side.view) : []
  const parts = {
    ...chat,
    events: events.map((event) => ({ thread_id: thread?.id ?? '', event })),
    // The first thread of a chat is the one that has none before it.
    createdMicros: thread && !thread.previous_thread_id ? (thread.created_at ?? null) : null,
  }
  return mapRoom(parts, side.view, provider)
}

/**
 * Closes the chat's active thread (docs/providers/livechat.md 3.3). A lost answer is looked up. Throws
 * chat_inactive.
 */
export async function closeRoom(side: RoomApi, chatId: string, provider: string): Promise<void> {
  const body = { id: chatId, ...(side.kind === 'agent' ? { ignore_requester_presence: true } : {}) }
  await reconcileWrite(
    provider,
    () => side.write('deactivate_chat', body, z.unknown()),
    async () => ((await getChat(side, chatId, null)).thread?.active === false ? true : null),
  )
}
