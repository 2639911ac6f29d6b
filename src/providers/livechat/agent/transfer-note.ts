import { createClientMessageId } from '../../shared/client-message-id.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import type { AccountDirectory } from '../account-directory.ts'
import { hasErrorType } from '../errors.ts'
import type { RoomApi } from '../room-api.ts'
import { sendEventResponse } from '../wire.ts'

/**
 * Sends the comment of a transfer as a note, which customers do not see (docs/providers/livechat.md 12.1, 15). The writing agent
 * joins the chat for agents only, if it is not there: so it can, whoever serves the chat.
 */
export async function sendTransferNote(
  api: RoomApi,
  chatId: string,
  text: string,
  directory: AccountDirectory,
): Promise<void> {
  const custom_id = createClientMessageId(chatId, api.author, null)
  const event = { type: 'message', text, custom_id, visibility: 'agents' }
  const send = () => api.write('send_event', { chat_id: chatId, event }, sendEventResponse)
  try {
    await send()
  } catch (error) {
    if (!hasErrorType(error, 'not_in_chat', 'authorization')) throw error
    const agentId = await directory.findOwnAgentId(api.call)
    if (agentId === null) throw error
    const user = { user_id: agentId, user_type: 'agent', visibility: 'agents' }
    const body = { chat_id: chatId, ...user, ignore_requester_presence: true }
    await api.write('add_user_to_chat', body, emptyResponse)
    await send()
  }
}
