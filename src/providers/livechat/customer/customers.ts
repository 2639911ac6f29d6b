import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import { invalidInput } from '../../../domain/errors.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import { assertTextLength } from '../agent/agent-messages.ts'
import { hasErrorType } from '../api-error.ts'
import type { AccountsClient } from '../auth/accounts-client.ts'
import type { AgentAuthorization } from '../auth/authorization.ts'
import type { CredentialHealth } from '../auth/credential-health.ts'
import type { LiveChatClient } from '../client.ts'
import { parseGroupId } from '../group-id.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import { customerApi, type RoomApi } from '../room-api.ts'
import { listChatsResponse, startChatResponse } from '../wire.ts'

/** With what visitors of a licence are made. */
export interface CustomersOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly accounts: AccountsClient
  readonly agent: AgentAuthorization
  readonly credentialHealth: CredentialHealth
  readonly accountTokens: AccountTokens
  /** The app on whose behalf customers are made. */
  readonly clientId: string
}

/** Who begins a chat, and how. */
export interface NewChat {
  readonly name: string | null
  readonly email: string | null
  /** A group's id; null leaves it to LiveChat. */
  readonly groupId: string | null
  readonly text: string | null
  /** The id of ours for the first message. */
  readonly customId: string
  /** Left as an offline message: nobody need be there to answer (docs/providers/livechat.md 1.6). */
  readonly offline: boolean
}

/** A customer and its chat. */
export interface StartedChat {
  readonly token: string
  readonly chatId: string
  /** Null where the answer was lost and what was found does not tell it. */
  readonly threadId: string | null
}

/** Where the new customer's token comes from, and a check right before its chat is started. */
export interface TokenSource {
  getToken(): Promise<string>
  assertNotReplaced(): void
}

/** Makes visitors of the licence and begins their chats. Throws what the calls throw, and INVALID_INPUT. */
export class Customers {
  readonly #options: CustomersOptions

  constructor(options: CustomersOptions) {
    this.#options = options
  }

  /** A new customer with a chat; the customer's token is minted unless `minting` says otherwise. */
  async startChat(beginning: NewChat, call: CallContext, minting?: TokenSource): Promise<StartedChat> {
    const body = startBody(beginning)
    const token = await (minting?.getToken() ?? this.createToken(call))
    const side = this.#sideOf(token, call)
    await introduce(beginning, side)
    minting?.assertNotReplaced()
    const started = await reconcileWrite(
      this.#options.provider,
      async () => {
        const { chat_id: chatId, thread_id: threadId } = await side.write(
          'start_chat',
          body,
          startChatResponse,
        )
        return { chatId, threadId }
      },
      () => this.findChat(token, call),
    )
    return { token, ...started }
  }

  /** The chat of a customer whose token nobody else holds: the one that was to be started. Null where there is none. */
  async findChat(token: string, call: CallContext): Promise<Omit<StartedChat, 'token'> | null> {
    const [chat] = (await this.#sideOf(token, call).read('list_chats', {}, listChatsResponse)).chats
    return chat ? { chatId: chat.id, threadId: chat.thread?.id ?? null } : null
  }

  /**
   * Mints a customer token; an agent's bearer that has expired is renewed first
   * (docs/providers/livechat.md 5).
   */
  async createToken(call: CallContext): Promise<string> {
    const token = await this.#mint(call)
    this.#options.accountTokens.markAccepted(token)
    return token
  }

  #sideOf(token: string, call: CallContext): RoomApi {
    return customerApi(token, this.#options.client, this.#options.accountTokens, call)
  }

  async #mint(call: CallContext): Promise<string> {
    const { accounts, agent, clientId, credentialHealth: watch } = this.#options
    const used = agent.header
    try {
      return await accounts.createCustomerToken(clientId, used, call)
    } catch (error) {
      if (hasErrorType(error, 'unauthorized_client')) watch.markRejected('LIVECHAT_CLIENT_ID', call.log)
      if (!hasErrorType(error, 'authentication')) throw error
      if (await agent.renew(used, call)) return accounts.createCustomerToken(clientId, agent.header, call)
      watch.markRejected(agent.settingName, call.log)
      throw error
    }
  }
}

/** The customer tells its name and address, which the token call has no place for. */
async function introduce({ name, email }: NewChat, side: RoomApi): Promise<void> {
  if (name === null && email === null) return
  const known = { ...(name === null ? {} : { name }), ...(email === null ? {} : { email }) }
  await side.write('update_customer', known, z.unknown())
}

function startBody({ groupId, text, customId, offline }: NewChat) {
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
