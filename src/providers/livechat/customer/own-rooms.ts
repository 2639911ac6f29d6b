import type { VisitorRoom } from '../../../domain/rooms.ts'
import type { RoomApi } from '../room-api.ts'
import { listChatsResponse } from '../wire.ts'

/** The most chats in a page of the customer API (docs/providers/livechat.md 4). A customer normally has one. */
const MAX_CHATS = 25

/**
 * Lists the customer's chats, by the start of the latest thread, newest first. Their summaries for customers contain no thread,
 * so each is read when its state is selected. Throws LiveChatError, UnreadableResponse or UpstreamError.
 */
export async function listOwnRooms(api: RoomApi): Promise<readonly VisitorRoom[]> {
  const { chats } = await api.read('list_chats', { limit: MAX_CHATS }, listChatsResponse)
  return chats.map(({ id }) => ({ roomId: id, room: null }))
}
