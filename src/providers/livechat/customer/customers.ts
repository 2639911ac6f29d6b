import type { CallContext } from '../../../domain/adapter.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { LiveChatClient } from '../client.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import { customerApi, type RoomApi } from '../room-api.ts'
import { listChatsResponse, startChatResponse } from '../wire.ts'
import type { ContactDetails } from './contact-details.ts'
import type { CustomerTokens } from './customer-tokens.ts'
import { type NewChat, startChatBody } from './start-chat-body.ts'

export interface CustomersOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly customerTokens: CustomerTokens
  readonly details: ContactDetails
  readonly accountTokens: AccountTokens
}

/** A customer and its chat. */
export interface StartedChat {
  readonly token: string
  readonly chatId: string
  /** Null if the response was lost and the chat that was read back has no thread. */
  readonly threadId: string | null
}

/** Supplies a new customer's token, and a check to run immediately before its chat is started. */
export interface TokenSource {
  getToken(): Promise<string>
  assertNotReplaced(): void
}

/** Creates customers and starts their chats. Throws the errors of its requests, and INVALID_INPUT. */
export class Customers {
  readonly #options: CustomersOptions

  constructor(options: CustomersOptions) {
    this.#options = options
  }

  /** Starts a chat for a new customer, whose token comes from `tokenSource` if there is one. */
  async startChat(chat: NewChat, call: CallContext, tokenSource?: TokenSource): Promise<StartedChat> {
    const body = startChatBody(chat)
    const token = await (tokenSource?.getToken() ?? this.#options.customerTokens.create(call))
    const api = this.#apiOf(token, call)
    await this.#options.details.set(chat, api)
    tokenSource?.assertNotReplaced()
    const location = await reconcileWrite<Omit<StartedChat, 'token'>>({
      provider: this.#options.provider,
      write: async () => {
        const response = await api.write('start_chat', body, startChatResponse)
        return { chatId: response.chat_id, threadId: response.thread_id }
      },
      readBack: () => this.findChat(token, call),
    })
    return { token, ...location }
  }

  /** Finds the chat of a customer whose token nobody else has, so its only chat; null if there is none. */
  async findChat(token: string, call: CallContext): Promise<Omit<StartedChat, 'token'> | null> {
    const [chat] = (await this.#apiOf(token, call).read('list_chats', {}, listChatsResponse)).chats
    return chat ? { chatId: chat.id, threadId: chat.thread?.id ?? null } : null
  }

  #apiOf(token: string, call: CallContext): RoomApi {
    return customerApi(token, this.#options.client, this.#options.accountTokens, call)
  }
}
