import { z } from 'zod'
import type { Call } from '../../chat/adapter.ts'
import { invalidInput } from '../../chat/errors.ts'
import type { AccountTokens } from '../visitor-token-owners.ts'
import type { AccountsHost } from './accounts-host.ts'
import type { AgentAuthorization } from './authorization.ts'
import type { CredentialWatch } from './credential-watch.ts'
import { groupNumber } from './group-number.ts'
import { demandShort } from './posting.ts'
import { isRefusedFor } from './refusal.ts'
import { settle } from './settle.ts'
import { type Side, visitorSide } from './side.ts'
import type { V3Client } from './v3-client.ts'
import { chatList, startedChat } from './wire.ts'

/** With what visitors of a licence are made. */
export interface VisitorsOptions {
  readonly provider: string
  readonly client: V3Client
  readonly accounts: AccountsHost
  readonly agent: AgentAuthorization
  readonly watch: CredentialWatch
  readonly accountTokens: AccountTokens
  /** The app on whose behalf customers are made. */
  readonly clientId: string
}

/** Who begins a chat, and how. */
export interface Beginning {
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
export interface Begun {
  readonly token: string
  readonly chatId: string
  /** Null where the answer was lost and what was found does not tell it. */
  readonly threadId: string | null
}

/** Where the new customer's token comes from, and a check right before its chat is started. */
export interface Minting {
  token(): Promise<string>
  demandCurrent(): void
}

/** Makes visitors of the licence and begins their chats. Throws what the calls throw, and INVALID_INPUT. */
export class Visitors {
  readonly #options: VisitorsOptions

  constructor(options: VisitorsOptions) {
    this.#options = options
  }

  /** A new customer with a chat; the customer's token is minted unless `minting` says otherwise. */
  async begin(beginning: Beginning, call: Call, minting?: Minting): Promise<Begun> {
    const body = startBody(beginning)
    const token = await (minting?.token() ?? this.newToken(call))
    const side = this.#sideOf(token, call)
    await introduce(beginning, side)
    minting?.demandCurrent()
    const started = await settle(
      this.#options.provider,
      async () => {
        const { chat_id: chatId, thread_id: threadId } = await side.write('start_chat', body, startedChat)
        return { chatId, threadId }
      },
      () => this.findChat(token, call),
    )
    return { token, ...started }
  }

  /** The chat of a customer whose token nobody else holds: the one that was to be started. Null where there is none. */
  async findChat(token: string, call: Call): Promise<Omit<Begun, 'token'> | null> {
    const [chat] = (await this.#sideOf(token, call).read('list_chats', {}, chatList)).chats
    return chat ? { chatId: chat.id, threadId: chat.thread?.id ?? null } : null
  }

  /**
   * Mints a customer token; an agent's bearer that has expired is renewed first
   * (docs/providers/livechat.md 5).
   */
  async newToken(call: Call): Promise<string> {
    const token = await this.#mint(call)
    this.#options.accountTokens.accept(token)
    return token
  }

  #sideOf(token: string, call: Call): Side {
    return visitorSide(token, this.#options.client, this.#options.accountTokens, call)
  }

  async #mint(call: Call): Promise<string> {
    const { accounts, agent, clientId, watch } = this.#options
    const used = agent.header
    try {
      return await accounts.newCustomer(clientId, used, call)
    } catch (error) {
      if (isRefusedFor(error, 'unauthorized_client')) watch.refuse('LIVECHAT_CLIENT_ID', call.log)
      if (!isRefusedFor(error, 'authentication')) throw error
      if (await agent.renew(used, call)) return accounts.newCustomer(clientId, agent.header, call)
      watch.refuse(agent.setting, call.log)
      throw error
    }
  }
}

/** The customer tells its name and address, which the token call has no place for. */
async function introduce({ name, email }: Beginning, side: Side): Promise<void> {
  if (name === null && email === null) return
  const known = { ...(name === null ? {} : { name }), ...(email === null ? {} : { email }) }
  await side.write('update_customer', known, z.unknown())
}

function startBody({ groupId, text, customId, offline }: Beginning) {
  if (text !== null) demandShort(text)
  const group = groupId === null ? null : groupNumber(groupId)
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
