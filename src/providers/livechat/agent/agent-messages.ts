import { ChatError } from '../../../domain/errors.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import type { AccountDirectory } from '../account-directory.ts'
import { getChat } from '../chat-requests.ts'
import { hasErrorType } from '../errors.ts'
import type { EventLocation, NewMessageEvent } from '../outgoing-message.ts'
import type { RoomApi } from '../room-api.ts'
import { resumeChatResponse, sendEventResponse } from '../wire.ts'
import { isAgentLimitError, SERVED_BY_ANOTHER } from './agent-limit.ts'

/** Sends messages of operators. The agent that writes first joins the chat if necessary, and resumes an inactive chat. */
export class AgentMessages {
  readonly #directory: AccountDirectory
  readonly #provider: string

  constructor(directory: AccountDirectory, provider: string) {
    this.#directory = directory
    this.#provider = provider
  }

  /**
   * `isInactive` is the chat's state if it was just read, else null. Throws ChatError, LiveChatError,
   * UnreadableResponse or UpstreamError.
   */
  async send(
    api: RoomApi,
    chatId: string,
    event: NewMessageEvent,
    isInactive: boolean | null,
  ): Promise<EventLocation> {
    if (isInactive === true) return this.#sendToInactiveChat(api, chatId, event)
    try {
      return await this.#sendEvent(api, chatId, event)
    } catch (error) {
      if (hasErrorType(error, 'chat_inactive')) return this.#sendToInactiveChat(api, chatId, event)
      const canJoin = hasErrorType(error, 'not_in_chat', 'authorization')
      if (!canJoin && !(await this.#leaveIfHidden(api, chatId, event, error))) throw error
      // LiveChat reports that the agent is not in the chat before it reports that the chat is inactive.
      if (!(await this.#joinChat(api, chatId, event, error))) {
        return this.#sendToInactiveChat(api, chatId, event)
      }
    }
    return this.#sendEvent(api, chatId, event)
  }

  async #sendEvent(api: RoomApi, chatId: string, event: NewMessageEvent): Promise<EventLocation> {
    const response = await api.write('send_event', { chat_id: chatId, event }, sendEventResponse)
    return { eventId: response.event_id, threadId: null }
  }

  /**
   * Starts a thread with the message: the agent API adds none to an inactive one (docs/providers/livechat.md 3.3). A note is
   * refused, because the first events of a thread are visible to the customer (docs/providers/livechat.md 15).
   */
  async #sendToInactiveChat(api: RoomApi, chatId: string, event: NewMessageEvent): Promise<EventLocation> {
    if (event.visibility !== 'all') {
      const detail = 'The room is closed, and LiveChat takes notes in open chats only.'
      throw new ChatError('ROOM_CLOSED', detail, { provider: this.#provider })
    }
    const body = { chat: { id: chatId, thread: { events: [event] } } }
    const { thread_id: threadId, event_ids } = await api.write('resume_chat', body, resumeChatResponse)
    return { threadId, eventId: event_ids[0] ?? null }
  }

  /**
   * Removes the agent that writes from the chat if it is there for agents only, as it is after a note: then it cannot send to
   * all (docs/providers/livechat.md 3.6, 15). False if that is not why the message was refused.
   */
  async #leaveIfHidden(
    api: RoomApi,
    chatId: string,
    event: NewMessageEvent,
    sendError: unknown,
  ): Promise<boolean> {
    if (event.visibility !== 'all' || !hasErrorType(sendError, 'validation')) return false
    const { users } = await getChat(api, chatId, null)
    const agentId = await this.#directory.findOwnAgentId(api.call)
    if (!users.some(({ id, isForAgentsOnly }) => id === agentId && isForAgentsOnly)) return false
    const body = {
      chat_id: chatId,
      user_id: agentId,
      user_type: 'agent',
      ignore_requester_presence: true,
    }
    await api.write('remove_user_from_chat', body, emptyResponse)
    return true
  }

  /**
   * Adds the agent that writes to the chat; for a note with the visibility `agents`, which LiveChat allows while another
   * agent serves the chat, and which the visitor does not see (docs/providers/livechat.md 3.6, 12.1). False if the chat is
   * inactive.
   */
  async #joinChat(
    api: RoomApi,
    chatId: string,
    { visibility }: NewMessageEvent,
    sendError: unknown,
  ): Promise<boolean> {
    const agentId = await this.#directory.findOwnAgentId(api.call)
    if (agentId === null) throw sendError
    const body = {
      chat_id: chatId,
      user_id: agentId,
      user_type: 'agent',
      visibility,
      ignore_requester_presence: true,
    }
    try {
      await api.write('add_user_to_chat', body, emptyResponse)
      return true
    } catch (error) {
      if (hasErrorType(error, 'chat_inactive')) return false
      if (isAgentLimitError(error)) {
        throw new ChatError('CONFLICT', SERVED_BY_ANOTHER, { provider: this.#provider, cause: error })
      }
      if (hasErrorType(error, 'missing_access')) {
        const detail = 'The LiveChat agent does not belong to the chat’s group.'
        throw new ChatError('FORBIDDEN', detail, { provider: this.#provider, cause: error })
      }
      throw error
    }
  }
}
