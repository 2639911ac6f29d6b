import type { CallContext } from '../../domain/adapter.ts'
import type { Department } from '../../domain/model.ts'
import { cached, FAILURE_TTL_MS } from '../shared/cache.ts'
import { findOwn } from '../shared/operator-agents.ts'
import type { ResponseFormat } from '../shared/response-format.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import { type AgentAuthorization, noAuthorization, type OwnAgentAuthorization } from './auth/authorization.ts'
import type { LiveChatClient } from './client.ts'
import { customerApi } from './room-api.ts'
import {
  dynamicConfigurationResponse,
  listAgentsResponse,
  listGroupStatusesResponse,
  listGroupsResponse,
} from './wire.ts'

const TTL_MS = 60_000

export interface AccountDirectoryOptions {
  readonly provider: string
  readonly client: LiveChatClient
  /** The service account; null if none is configured. */
  readonly agent: AgentAuthorization | null
  /** By operator. */
  readonly ownAgents: ReadonlyMap<string, OwnAgentAuthorization>
  readonly organizationId: string | null
  readonly accountTokens: AccountTokens
}

/** The groups that a response names, by id. */
interface Groups {
  readonly named: ReadonlyMap<string, { readonly name: string | null; readonly online: boolean | null }>
  /** Whether an agent of any other group is online: false if the response names all online groups, else null. */
  readonly othersOnline: false | null
}

const NO_GROUPS: Groups = { named: new Map(), othersOnline: null }

/**
 * The groups and agents of an account. LiveChat returns each list as a whole, without pages
 * (docs/providers/livechat.md 8), so each is cached for a minute.
 */
export class AccountDirectory {
  readonly #options: AccountDirectoryOptions
  readonly #agentGroups = cached(TTL_MS, (call: CallContext) => this.#readAgentGroups(call), FAILURE_TTL_MS)
  readonly #publicGroups = cached(TTL_MS, (call: CallContext) => this.#readPublicGroups(call), FAILURE_TTL_MS)
  readonly #visitorGroups = cached(TTL_MS, (call: CallContext, token: string) =>
    this.#readVisitorGroups(call, token),
  )
  readonly #agentIdsByAccount = cached(TTL_MS, (call: CallContext) => this.#readAgentIds(call))

  constructor(options: AccountDirectoryOptions) {
    this.#options = options
  }

  /**
   * Lists the groups. The configured credential reads their names and statuses; without one, only the ids of groups are
   * known, from what a visitor or anybody may read.
   */
  async listDepartments(call: CallContext): Promise<readonly Department[]> {
    const { agent, provider } = this.#options
    const { named } = await (agent === null ? this.#groupsOfCaller(call) : this.#agentGroups(call))
    return [...named].map(([nativeId, { name }]) => ({ type: 'Department', provider, nativeId, name }))
  }

  /** Whether an agent of each group is online; null if that is unknown. */
  async readOnline(ids: readonly string[], call: CallContext): Promise<readonly (boolean | null)[]> {
    const { named, othersOnline } = await this.#groupsOfCaller(call)
    return ids.map((id) => {
      const group = named.get(id)
      return group ? group.online : othersOnline
    })
  }

  /** Whether an agent is online in any group; null if that is unknown. */
  async isOnline(call: CallContext): Promise<boolean | null> {
    const { named, othersOnline } = await this.#groupsOfCaller(call)
    const statuses = [...named.values()].map(({ online }) => online)
    if (statuses.includes(true)) return true
    return statuses.length > 0 && !statuses.includes(null) ? false : othersOnline
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

  /** Drops the statuses of the groups, which follow those of the agents. */
  forgetOnline(): void {
    this.#agentGroups.forget()
  }

  /** The groups with their statuses as this caller may read them. */
  async #groupsOfCaller(call: CallContext): Promise<Groups> {
    const { agent, organizationId, accountTokens } = this.#options
    const { caller } = call
    // A query for departments names no room, so the token may be for another provider. It must not be sent there.
    if (organizationId !== null && caller.role === 'VISITOR' && accountTokens.ownsToken(caller.token)) {
      return this.#visitorGroups(call, caller.token)
    }
    if (agent !== null) return this.#agentGroups(call)
    return organizationId === null ? NO_GROUPS : this.#publicGroups(call)
  }

  /** Agents and visitors get the statuses in different words (docs/providers/livechat.md 14). */
  async #readAgentGroups(call: CallContext): Promise<Groups> {
    const body = { fields: ['routing_status'] }
    const groups = await this.#readConfiguration('list_groups', body, listGroupsResponse, call)
    const named = new Map(
      groups.map(({ id, name, isAccepting }) => [String(id), { name, online: isAccepting }]),
    )
    return { named, othersOnline: null }
  }

  async #readVisitorGroups(call: CallContext, token: string): Promise<Groups> {
    const { client, accountTokens } = this.#options
    const api = customerApi(token, client, accountTokens, call)
    const statuses = await api.read('list_group_statuses', { all: true }, listGroupStatusesResponse)
    const named = new Map(
      [...statuses].map(([id, status]) => [id, { name: null, online: status ? status !== 'offline' : null }]),
    )
    return { named, othersOnline: null }
  }

  /** The only call without any credential. It names online groups only (docs/providers/livechat.md 14). */
  async #readPublicGroups(call: CallContext): Promise<Groups> {
    const { client } = this.#options
    const ids = await client.send(
      {
        api: 'customer',
        action: 'get_dynamic_configuration',
        method: 'GET',
        body: undefined,
        format: dynamicConfigurationResponse,
        isReadOnly: true,
      },
      noAuthorization,
      call,
    )
    const named = new Map(ids.map((id) => [String(id), { name: null, online: true }]))
    return { named, othersOnline: false }
  }

  async #readAgentIds(call: CallContext): Promise<ReadonlyMap<string, string>> {
    const agents = await this.#readConfiguration('list_agents', {}, listAgentsResponse, call)
    return new Map(agents.flatMap(({ id, account_id }) => (account_id ? [[account_id, id] as const] : [])))
  }

  /** Reads a whole list with the configured credential; empty if there is none. */
  async #readConfiguration<T>(
    action: string,
    body: object,
    format: ResponseFormat<readonly T[]>,
    call: CallContext,
  ): Promise<readonly T[]> {
    const { agent, client } = this.#options
    if (agent === null) return []
    return client.send({ api: 'configuration', action, body, format, isReadOnly: true }, agent, call)
  }
}
