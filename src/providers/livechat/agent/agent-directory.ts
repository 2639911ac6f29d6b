import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError, notFound } from '../../../domain/errors.ts'
import type { Agent } from '../../../domain/model.ts'
import type { AccountAgents } from '../../shared/agent-capabilities.ts'
import { cached } from '../../shared/cache.ts'
import { toHttpLink } from '../../shared/http-link.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import type { AccountDirectory } from '../account-directory.ts'
import type { AgentAuthorization } from '../auth/authorization.ts'
import type { LiveChatClient } from '../client.ts'
import { hasErrorType } from '../errors.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { RoomApi } from '../room-api.ts'
import { listAgentsResponse, listRoutingStatusesResponse, type WireAgent } from '../wire.ts'
import { countByAgent, type ReadActiveChats } from './active-chats.ts'

/** Short, because agents change their status often; long enough that several dashboards share one read. */
const TTL_MS = 5_000

const AGENT_OFFLINE = 'The agent is offline, and can accept chats only while logged in to LiveChat.'

export interface AgentDirectoryOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly agent: AgentAuthorization
  readonly accounts: Pick<AccountDirectory, 'findOwnAgentId' | 'findOwnAccountId' | 'forgetOnline'>
  readonly roomApiFor: (call: CallContext) => RoomApi
  readonly readActiveChats: ReadActiveChats
}

interface ListedAgent {
  readonly accountId: string | null
  readonly agent: Agent
}

/** The agents of an account, read as the service account and shared by all callers. */
export class AgentDirectory implements AccountAgents {
  readonly #options: AgentDirectoryOptions
  readonly #list = cached(TTL_MS, (call: CallContext) => this.#readList(call))

  constructor(options: AgentDirectoryOptions) {
    this.#options = options
  }

  /**
   * Lists all agents, in LiveChat's order. One request returns them with their statuses; only where it returns no statuses,
   * a second request does.
   */
  async list(call: CallContext): Promise<readonly Agent[]> {
    return (await this.#list(call)).map(({ agent }) => agent)
  }

  /** Counts the active chats that each agent serves; null for an account with too many chats to count. */
  async countActiveRooms(call: CallContext): Promise<ReadonlyMap<string, number> | null> {
    const chats = await this.#options.readActiveChats(call)
    return chats && countByAgent(chats)
  }

  /** The id (an e-mail address) of the agent that the caller's writes appear as; null if it cannot be determined. */
  findOwnId(call: CallContext): Promise<string | null> {
    return this.#options.accounts.findOwnAgentId(call)
  }

  /** Finds that agent; null if it cannot be determined. */
  async findOwn(call: CallContext): Promise<Agent | null> {
    const ownAccountId = await this.#options.accounts.findOwnAccountId(call)
    if (ownAccountId === null) return null
    return (await this.#list(call)).find(({ accountId }) => accountId === ownAccountId)?.agent ?? null
  }

  /**
   * Sets whether LiveChat routes new chats to an agent. Throws NOT_FOUND for an unknown agent, and CONFLICT for one that is
   * offline: only a session of the agent has a status (docs/providers/livechat.md 13).
   */
  async setStatus(agentId: string, acceptingChats: boolean, call: CallContext): Promise<void> {
    const { provider, roomApiFor } = this.#options
    // The caller's own status needs a smaller scope, and no agent id.
    const isOwn = (await this.findOwnId(call)) === agentId
    const status = acceptingChats ? 'accepting_chats' : 'not_accepting_chats'
    const body = { status, ...(isOwn ? {} : { agent_id: agentId }) }
    try {
      await reconcileWrite({
        provider,
        write: () => roomApiFor(call).write('set_routing_status', body, emptyResponse),
        readBack: async () => {
          const found = (await this.#readList(call)).find(({ agent }) => agent.nativeId === agentId)
          return found?.agent.acceptingChats === acceptingChats ? {} : null
        },
        // A repetition sets the same status.
        maxAttempts: 2,
      })
    } catch (error) {
      throw toStatusError(error, provider)
    } finally {
      this.#list.forget()
      this.#options.accounts.forgetOnline()
    }
  }

  async #readList(call: CallContext): Promise<readonly ListedAgent[]> {
    const { client, agent, provider } = this.#options
    const body = { fields: ['groups', 'max_chats_count'] }
    const request = { action: 'list_agents', body, format: listAgentsResponse, isReadOnly: true } as const
    const agents = await client.send({ api: 'configuration', ...request }, agent, call)
    const statuses = agents.every(({ isAccepting }) => isAccepting === null)
      ? await this.#readStatuses(call)
      : new Map<string, boolean | null>()
    return agents.map((wire) => ({
      accountId: wire.account_id,
      agent: mapAgent(wire, wire.isAccepting ?? statuses.get(wire.id) ?? null, provider),
    }))
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

/** The status that is sent is always valid, so LiveChat can reject only the agent. */
function toStatusError(error: unknown, provider: string): unknown {
  if (hasErrorType(error, 'agent_offline')) {
    return new ChatError('CONFLICT', AGENT_OFFLINE, { provider, cause: error })
  }
  return hasErrorType(error, 'validation', 'not_found') ? notFound('agent', provider) : error
}
