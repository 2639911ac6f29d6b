import type { CallContext } from '../../domain/adapter.ts'
import type { Department } from '../../domain/model.ts'
import { cached, FAILURE_TTL_MS } from '../shared/cache.ts'
import { findOwn } from '../shared/operator-agents.ts'
import { detach } from '../shared/request-options.ts'
import type { ResponseFormat } from '../shared/response-format.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import type { AgentAuthorization, OwnAgentAuthorization } from './auth/authorization.ts'
import type { LiveChatClient } from './client.ts'
import type { CustomerTokens } from './customer/customer-tokens.ts'
import { customerApi } from './room-api.ts'
import { listAgentsResponse, listGroupStatusesResponse, listGroupsResponse } from './wire.ts'

const TTL_MS = 60_000

export interface AccountDirectoryOptions {
  readonly provider: string
  readonly client: LiveChatClient
  /** The service account; null if none is configured. */
  readonly agent: AgentAuthorization | null
  /** By operator. */
  readonly ownAgents: ReadonlyMap<string, OwnAgentAuthorization>
  readonly organizationId: string | null
  /** Null if the configured credential cannot create customers. */
  readonly customerTokens: CustomerTokens | null
  readonly accountTokens: AccountTokens
}

/** Whether an agent is online, by group id; null if LiveChat does not say. */
type OnlineByGroup = ReadonlyMap<string, boolean | null>

/**
 * The groups and agents of an account. LiveChat returns each list as a whole, without pages
 * (docs/providers/livechat.md 8), so each is cached for a minute.
 */
export class AccountDirectory {
  readonly #options: AccountDirectoryOptions
  readonly #groupNames: (call: CallContext) => Promise<ReadonlyMap<string, string | null>>
  readonly #agentIdsByAccount: (call: CallContext) => Promise<ReadonlyMap<string, string>>
  readonly #statuses: (call: CallContext, token: string) => Promise<OnlineByGroup>
  readonly #statusesForNonVisitors: (call: CallContext) => Promise<OnlineByGroup>
  /** The token of a customer of the gateway's own, which only reads the groups' statuses. */
  #statusCustomer: string | null = null

  constructor(options: AccountDirectoryOptions) {
    this.#options = options
    this.#groupNames = cached(TTL_MS, (call) => this.#readGroupNames(call), FAILURE_TTL_MS)
    this.#agentIdsByAccount = cached(TTL_MS, (call) => this.#readAgentIds(call))
    this.#statuses = cached(TTL_MS, (call, token) => this.#readStatuses(call, token))
    this.#statusesForNonVisitors = cached(TTL_MS, (call) => this.#readStatusesAsOwnCustomer(call))
  }

  /**
   * Lists the groups. Their names are read with the configured credential. Only the customer API has their statuses:
   * they are read with a visitor's own token, and for other callers with that of a customer created for it.
   */
  async listDepartments(call: CallContext): Promise<readonly Department[]> {
    const [names, online] = await Promise.all([this.#groupNames(call), this.#onlineByGroup(call)])
    const ids = new Set([...names.keys(), ...online.keys()])
    return [...ids].map((nativeId) => ({
      type: 'Department',
      provider: this.#options.provider,
      nativeId,
      name: names.get(nativeId) ?? null,
      online: online.get(nativeId) ?? null,
    }))
  }

  /** Whether an agent is online in any group; null if that is unknown. */
  async isOnline(call: CallContext): Promise<boolean | null> {
    const statuses = [...(await this.#onlineByGroup(call)).values()]
    if (statuses.includes(true)) return true
    return statuses.length > 0 && !statuses.includes(null) ? false : null
  }

  /** The id (an e-mail address) of the agent that the caller's writes appear as; null if it cannot be determined. */
  async findOwnAgentId(call: CallContext): Promise<string | null> {
    const accountId = await this.findOwnAccountId(call)
    return accountId === null ? null : ((await this.#agentIdsByAccount(call)).get(accountId) ?? null)
  }

  /** The account id of that agent; null if it cannot be determined. */
  async findOwnAccountId(call: CallContext): Promise<string | null> {
    const { agent, ownAgents } = this.#options
    return findOwn(ownAgents, call)?.agentId ?? (await agent?.findAccountId(call)) ?? null
  }

  async #onlineByGroup(call: CallContext): Promise<OnlineByGroup> {
    const { organizationId, accountTokens } = this.#options
    const { caller } = call
    if (organizationId === null) return new Map()
    if (caller.role !== 'VISITOR') return this.#statusesForNonVisitors(call)
    // A query for departments names no room, so the token may be for another provider. It must not be sent there.
    if (!accountTokens.ownsToken(caller.token)) return new Map()
    return this.#statuses(call, caller.token)
  }

  async #readGroupNames(call: CallContext): Promise<ReadonlyMap<string, string | null>> {
    const groups = await this.#readConfiguration('list_groups', listGroupsResponse, call)
    return new Map(groups.map(({ id, name }) => [String(id), name]))
  }

  async #readAgentIds(call: CallContext): Promise<ReadonlyMap<string, string>> {
    const agents = await this.#readConfiguration('list_agents', listAgentsResponse, call)
    return new Map(agents.flatMap(({ id, account_id }) => (account_id ? [[account_id, id] as const] : [])))
  }

  async #readStatuses(call: CallContext, token: string): Promise<OnlineByGroup> {
    const { client, accountTokens } = this.#options
    const api = customerApi(token, client, accountTokens, call)
    const statuses = await api.read('list_group_statuses', { all: true }, listGroupStatusesResponse)
    return new Map([...statuses].map(([id, status]) => [id, status ? status !== 'offline' : null]))
  }

  /** Empty if no customer can be created, or if its token has expired; the next call creates another. */
  async #readStatusesAsOwnCustomer(originalCall: CallContext): Promise<OnlineByGroup> {
    const { customerTokens } = this.#options
    if (customerTokens === null) return new Map()
    // The result is cached for all callers.
    const call = detach(originalCall)
    try {
      this.#statusCustomer ??= await customerTokens.create(call)
      return await this.#statuses(call, this.#statusCustomer)
    } catch {
      this.#statusCustomer = null
      return new Map()
    }
  }

  /** Reads a whole list with the configured credential; empty if there is none. */
  async #readConfiguration<T>(action: string, format: ResponseFormat<readonly T[]>, call: CallContext) {
    const { agent, client } = this.#options
    if (agent === null) return []
    return client.send({ api: 'configuration', action, body: {}, format, isReadOnly: true }, agent, call)
  }
}
