import type { CallContext } from '../../../domain/adapter.ts'
import type { Agent } from '../../../domain/model.ts'
import { cached } from '../../shared/cache.ts'
import { toHttpLink } from '../../shared/http-link.ts'
import type { AccountDirectory } from '../account-directory.ts'
import type { AgentAuthorization } from '../auth/authorization.ts'
import type { LiveChatClient } from '../client.ts'
import { listAgentsResponse, listRoutingStatusesResponse, type WireAgent } from '../wire.ts'
import { countByAgent, type ReadActiveChats } from './active-chats.ts'

/** Agents change their status all the time, and several dashboards look at it. */
const TTL_MS = 5_000

export interface AgentDirectoryOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly agent: AgentAuthorization
  readonly accounts: Pick<AccountDirectory, 'findOwnAgentId'>
  readonly readActiveChats: ReadActiveChats
}

/** The agents of an account, read with the configured credential and shared by all callers. */
export class AgentDirectory {
  readonly #options: AgentDirectoryOptions
  readonly #list = cached(TTL_MS, (call: CallContext) => this.#readList(call))

  constructor(options: AgentDirectoryOptions) {
    this.#options = options
  }

  /**
   * Lists all agents, in LiveChat's order. One request returns them with their statuses; only where it returns no statuses,
   * a second request does.
   */
  list(call: CallContext): Promise<readonly Agent[]> {
    return this.#list(call)
  }

  /** Counts the active chats that each agent serves; null for an account with too many chats to count. */
  async countActiveRooms(call: CallContext): Promise<ReadonlyMap<string, number> | null> {
    const chats = await this.#options.readActiveChats(call)
    return chats && countByAgent(chats)
  }

  /** The id (an e-mail address) of the configured agent; null if it cannot be determined. */
  findOwnId(call: CallContext): Promise<string | null> {
    return this.#options.accounts.findOwnAgentId(call)
  }

  /** Finds the configured agent; null if it cannot be determined. */
  async findOwn(call: CallContext): Promise<Agent | null> {
    const ownId = await this.findOwnId(call)
    if (ownId === null) return null
    return (await this.#list(call)).find(({ nativeId }) => nativeId === ownId) ?? null
  }

  async #readList(call: CallContext): Promise<readonly Agent[]> {
    const { client, agent, provider } = this.#options
    const body = { fields: ['groups', 'max_chats_count'] }
    const request = { action: 'list_agents', body, format: listAgentsResponse, isReadOnly: true } as const
    const agents = await client.send({ api: 'configuration', ...request }, agent, call)
    const statuses = agents.every(({ isAccepting }) => isAccepting === null)
      ? await this.#readStatuses(call)
      : new Map<string, boolean | null>()
    return agents.map((wire) => mapAgent(wire, wire.isAccepting ?? statuses.get(wire.id) ?? null, provider))
  }

  async #readStatuses(call: CallContext): Promise<ReadonlyMap<string, boolean | null>> {
    const { client, agent } = this.#options
    const format = listRoutingStatusesResponse
    const request = { action: 'list_routing_statuses', body: {}, format, isReadOnly: true } as const
    const statuses = await client.send({ api: 'agent', ...request }, agent, call)
    return new Map(statuses.map(({ agent_id, isAccepting }) => [agent_id, isAccepting]))
  }
}

function mapAgent(wire: WireAgent, acceptingChats: boolean | null, provider: string): Agent {
  return {
    type: 'Agent',
    provider,
    nativeId: wire.id,
    name: wire.name,
    // The id of an agent is its e-mail address (docs/providers/livechat.md 4).
    email: wire.id,
    avatarUrl: toHttpLink(wire.avatarUrl),
    acceptingChats,
    maxRooms: wire.maxRooms,
    departmentIds: wire.groupIds.map(String),
  }
}
