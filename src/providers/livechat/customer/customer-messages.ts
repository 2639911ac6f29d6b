import type { EventLocation, NewMessageEvent } from '../outgoing-message.ts'
import type { RoomApi } from '../room-api.ts'
import { sendEventResponse } from '../wire.ts'

/**
 * Adds a visitor's message to the last thread, active or not (docs/providers/livechat.md 4). Throws LiveChatError,
 * UnreadableResponse or UpstreamError.
 */
export async function sendAsCustomer(
  api: RoomApi,
  chatId: string,
  event: NewMessageEvent,
): Promise<EventLocation> {
  const body = { chat_id: chatId, event, attach_to_last_thread: true }
  const { event_id: eventId } = await api.write('send_event', body, sendEventResponse)
  return { eventId, threadId: null }
}
