import type { z } from 'zod'
import type { CallContext } from '../../domain/adapter.ts'
import type { Department } from '../../domain/model.ts'
import { cached, FAILURE_TTL_MS } from '../shared/cache.ts'
import { detach } from '../shared/request-options.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import type { AgentAuthorization } from './auth/authorization.ts'
import type { LiveChatClient } from './client.ts'
import type { Customers } from './customer/customers.ts'
import { customerApi } from './room-api.ts'
import { listAgentsResponse, listGroupStatusesResponse, listGroupsResponse } from './wire.ts'

/** How long a whole set of groups, agents or statuses is taken to be as it was. */
const LIFETIME_MS = 60_000

/** With which credentials a licence is looked into. */
export interface AccountDirectoryOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly agent: AgentAuthorization | null
  readonly organizationId: string | null
  /** Null where no visitor can be made. */
  readonly customers: Pick<Customers, 'createToken'> | null
  readonly accountTokens: AccountTokens
}

/**
 * Who and what there is in the licence: whole sets, which LiveChat gives without paging
 * (docs/providers/livechat.md 8).
 */
export class AccountDirectory {
  readonly #options: AccountDirectoryOptions
  readonly #groups: (call: CallContext) => Promise<ReadonlyMap<string, string | null>>
  readonly #agents: (call: CallContext) => Promise<ReadonlyMap<string, string>>
  readonly #statuses: (call: CallContext, token: string) => Promise<ReadonlyMap<string, boolean | null>>
  readonly #statusesForAll: (call: CallContext) => Promise<ReadonlyMap<string, boolean | null>>
  /** A visitor of the gateway's own, who only looks whether somebody is there. */
  #onlooker: string | null = null

  constructor(options: AccountDirectoryOptions) {
    this.#options = options
    this.#groups = cached(
      LIFETIME_MS,
      async (call) => {
        const read = await this.#configuration('list_groups', listGroupsResponse, call)
        return new Map(read.map(({ id, name }) => [String(id), name ?? null]))
      },
      FAILURE_TTL_MS,
    )
    this.#agents = cached(LIFETIME_MS, async (call) => {
      const read = await this.#configuration('list_agents', listAgentsResponse, call)
      return new Map(read.flatMap(({ id, account_id }) => (account_id ? [[account_id, id] as const] : [])))
    })
    this.#statuses = cached(LIFETIME_MS, async (call, token) => {
      const side = customerApi(token, options.client, options.accountTokens, call)
      const { groups_status } = await side.read(
        'list_group_statuses',
        { all: true },
        listGroupStatusesResponse,
      )
      return new Map(
        Object.entries(groups_status).map(([id, status]) => [id, status ? status !== 'offline' : null]),
      )
    })
    this.#statusesForAll = cached(LIFETIME_MS, (call) => this.#lookOn(call))
  }

  /**
   * The groups. Their names are read with the configured credential; whether somebody is there is told by a
   * customer-side call only: with the visitor's own token, and to everybody else where a visitor can be made.
   */
  async listDepartments(call: CallContext): Promise<readonly Department[]> {
    const [names, online] = await Promise.all([this.#groups(call), this.#online(call)])
    const ids = new Set([...names.keys(), ...online.keys()])
    return [...ids].map((nativeId) => ({
      type: 'Department',
      provider: this.#options.provider,
      nativeId,
      name: names.get(nativeId) ?? null,
      online: online.get(nativeId) ?? null,
    }))
  }

  /** Whether anybody is there in any group: true where one is, false where none is, null where nobody tells. */
  async isOnline(call: CallContext): Promise<boolean | null> {
    const told = [...(await this.#online(call)).values()]
    if (told.includes(true)) return true
    return told.length > 0 && !told.includes(null) ? false : null
  }

  /** The agent id (an e-mail address) of the configured account; null where it cannot be found out. */
  async findOwnAgentId(call: CallContext): Promise<string | null> {
    const accountId = (await this.#options.agent?.findAccountId(call)) ?? null
    return accountId === null ? null : ((await this.#agents(call)).get(accountId) ?? null)
  }

  async #online({ caller, ...call }: CallContext): Promise<ReadonlyMap<string, boolean | null>> {
    if (this.#options.organizationId === null) return new Map()
    if (caller.role !== 'VISITOR') return this.#statusesForAll({ caller, ...call })
    // Whoever asks for departments names no room, and may be another provider's visitor: not a token to pass on.
    if (!this.#options.accountTokens.ownsToken(caller.token)) return new Map()
    return this.#statuses({ caller, ...call }, caller.token)
  }

  /** What a visitor of ours is told; nothing where none can be made, or its token has expired: the next is new. */
  async #lookOn(asked: CallContext): Promise<ReadonlyMap<string, boolean | null>> {
    const { customers: visitors } = this.#options
    if (visitors === null) return new Map()
    // The answer is for all who ask within its lifetime.
    const call = detach(asked)
    try {
      this.#onlooker ??= await visitors.createToken(call)
      return await this.#statuses(call, this.#onlooker)
    } catch {
      this.#onlooker = null
      return new Map()
    }
  }

  /** A whole set; empty where there is no credential to read it with. */
  async #configuration<T>(action: string, answer: z.ZodType<readonly T[]>, call: CallContext) {
    const { agent, client } = this.#options
    if (agent === null) return []
    return client.send(
      { api: 'configuration', action, body: {}, response: answer, isReadOnly: true },
      agent,
      call,
    )
  }
}
