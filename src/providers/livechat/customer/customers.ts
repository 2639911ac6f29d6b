import type { CallContext } from '../../../domain/adapter.ts'
import { invalidInput } from '../../../domain/errors.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import { parseGroupId } from '../chat-requests.ts'
import type { LiveChatClient } from '../client.ts'
import { assertTextLength } from '../outgoing-message.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import { customerApi, type RoomApi } from '../room-api.ts'
import { listChatsResponse, startChatResponse } from '../wire.ts'
import type { CustomerTokens } from './customer-tokens.ts'

export interface CustomersOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly customerTokens: CustomerTokens
  readonly accountTokens: AccountTokens
}

/** The customer and the content of a chat to start. */
export interface NewChat {
  readonly name: string | null
  readonly email: string | null
  /** A group's id; null lets LiveChat choose. */
  readonly groupId: string | null
  readonly text: string | null
  /** `custom_id` of the first message. */
  readonly customId: string
  /** Whether it is an offline message, which needs no agent online (docs/providers/livechat.md 1.6). */
  readonly offline: boolean
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
    await setContactDetails(chat, api)
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

/** Sets the customer's name and e-mail address, which the token request does not accept. */
async function setContactDetails({ name, email }: NewChat, api: RoomApi): Promise<void> {
  if (name === null && email === null) return
  const body = { ...(name === null ? {} : { name }), ...(email === null ? {} : { email }) }
  await api.write('update_customer', body, emptyResponse)
}

function startChatBody({ groupId, text, customId, offline }: NewChat) {
  if (text !== null) assertTextLength(text)
  const group = groupId === null ? null : parseGroupId(groupId)
  if (groupId !== null && group === null) throw invalidInput('departmentId', 'No such department.')
  const events = text === null ? [] : [{ type: 'message', text, custom_id: customId }]
  const properties = offline ? { properties: { routing: { offline_message: true } } } : {}
  return {
    chat: {
      ...(group === null ? {} : { access: { group_ids: [group] } }),
      thread: { events, ...properties },
    },
    ...(offline ? { continuous: true } : {}),
  }
}
