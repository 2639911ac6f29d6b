import { getChat, listThreads } from '../chat-requests.ts'
import { hasErrorType } from '../errors.ts'
import type { NewMessageEvent } from '../outgoing-message.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { RoomApi } from '../room-api.ts'
import { findByCustomId } from '../sent-events.ts'
import { listChatsResponse, resumeChatResponse, startChatResponse } from '../wire.ts'
import type { ContactDetails } from './contact-details.ts'
import { sendAsCustomer } from './customer-messages.ts'
import { type NewChat, startChatBody } from './start-chat-body.ts'

/** How many of the latest threads are searched for a first message. */
const SEARCHED_THREADS = 3

/** A chat of the customer, and whether its latest thread is active. */
interface ExistingChat {
  readonly chatId: string
  readonly isActive: boolean
}

type StartChatBody = ReturnType<typeof startChatBody>

/**
 * Opens the chat of a customer that may have one: LiveChat allows one per customer, so a second start_chat fails
 * (docs/providers/livechat.md 19). Throws the errors of its requests, and INVALID_INPUT.
 */
export class ReturningCustomers {
  readonly #provider: string
  readonly #details: ContactDetails

  constructor(provider: string, details: ContactDetails) {
    this.#provider = provider
    this.#details = details
  }

  /**
   * Starts the customer's chat, resumes it if it is inactive, or sends the text if it is active. Returns its id.
   * `assertNotReplaced` is called immediately before each write to the chat.
   */
  async openChat(chat: NewChat, api: RoomApi, assertNotReplaced: () => void): Promise<string> {
    const body = startChatBody(chat)
    await this.#details.set(chat, api)
    for (let attemptsLeft = 1; ; attemptsLeft -= 1) {
      const existing = await findLatestChat(api)
      assertNotReplaced()
      try {
        return await this.#write(chat, body, existing, api)
      } catch (error) {
        // Another request may have started, resumed or closed the chat after it was read.
        const mayHaveChanged = hasErrorType(error, 'limit_reached', 'validation', 'chat_inactive')
        if (attemptsLeft === 0 || !mayHaveChanged) throw error
      }
    }
  }

  /** Finds the chat that an earlier `openChat` with this first message, or without one, has opened; null if it has not. */
  async findOpened({ text, customId }: NewChat, api: RoomApi): Promise<string | null> {
    const existing = await findLatestChat(api)
    if (existing === null) return null
    if (text === null) return existing.isActive ? existing.chatId : null
    const { threads } = await listThreads(api, existing.chatId, { limit: SEARCHED_THREADS })
    return findByCustomId(threads, customId, api) && existing.chatId
  }

  #write(
    chat: NewChat,
    body: StartChatBody,
    existing: ExistingChat | null,
    api: RoomApi,
  ): Promise<string> | string {
    if (existing?.isActive && chat.text === null) return existing.chatId
    return reconcileWrite({
      provider: this.#provider,
      write: () => openOrSend(chat, body, existing, api),
      readBack: () => this.findOpened(chat, api),
    })
  }
}

async function openOrSend(
  { text, customId }: NewChat,
  body: StartChatBody,
  existing: ExistingChat | null,
  api: RoomApi,
): Promise<string> {
  if (existing === null) return (await api.write('start_chat', body, startChatResponse)).chat_id
  const { chatId, isActive } = existing
  if (isActive) {
    const event: NewMessageEvent = { type: 'message', text: text ?? '', custom_id: customId }
    await sendAsCustomer(api, chatId, event)
  } else {
    await api.write('resume_chat', { chat: { id: chatId, ...body.chat } }, resumeChatResponse)
  }
  return chatId
}

/** Finds the customer's active chat, else the one with the latest thread; null if it has none. */
async function findLatestChat(api: RoomApi): Promise<ExistingChat | null> {
  const { chats } = await api.read('list_chats', {}, listChatsResponse)
  const chat = chats.find(({ active }) => active === true) ?? chats[0]
  if (!chat) return null
  // Summaries for customers say whether a chat is active (docs/providers/livechat.md 4).
  const active = chat.active ?? (await getChat(api, chat.id, null)).thread?.active
  return { chatId: chat.id, isActive: active === true }
}
