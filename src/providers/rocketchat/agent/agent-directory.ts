import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError, notFound } from '../../../domain/errors.ts'
import type { Agent } from '../../../domain/model.ts'
import type { AccountAgents } from '../../shared/agent-capabilities.ts'
import { cached, LatestResult } from '../../shared/cache.ts'
import { Memo } from '../../shared/memo.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import { isUnknownRoute } from '../errors.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { AgentClient } from './agent-client.ts'
import { readAgents } from './agent-list.ts'
import {
  type AgentLoad,
  agentLoadResponse,
  agentStatusResponse,
  userInfoResponse,
  type WireAgent,
} from './agent-wire.ts'
import { PAGE_SIZE, readAllRows } from './offset-pages.ts'

/** Short, because agents change their status often; long enough that several dashboards share one read. */
const LIST_TTL_MS = 5_000
const MAX_USERS = 1_000
/** Usernames hardly ever change. */
const USERNAME_TTL_MS = 3_600_000
/** Departments of agents, and whether anybody of a department accepts rooms, may be older. */
const SLOW_TTL_MS = 60_000

const CLOSED_HOURS = 'The server keeps the status of the agent, as it does outside business hours.'

/** The agents of a server, read as the service account and shared by all callers. */
export class AgentDirectory implements AccountAgents {
  readonly #client: AgentClient
  readonly #provider: string
  readonly #agents = new LatestResult((call: CallContext) => this.#readAgents(call))
  readonly #acceptingDepartments = new Memo<readonly Agent[], ReadonlySet<string>>()
  readonly #activeRooms = cached(LIST_TTL_MS, (call: CallContext) => this.#countActiveRooms(call))
  /** Users who are no agents, by id. */
  readonly #users = new TtlCache<Agent>(SLOW_TTL_MS, MAX_USERS)
  /** By id. */
  readonly #usernames = new TtlCache<string>(USERNAME_TTL_MS, MAX_USERS)

  constructor(client: AgentClient, provider: string) {
    this.#client = client
    this.#provider = provider
  }

  /** Lists all agents, in the server's order. Sends one request per hundred agents. */
  list(call: CallContext): Promise<readonly Agent[]> {
    return this.#agents.get(LIST_TTL_MS, call)
  }

  /** Reads the display names of agents, by id. */
  async readNames(call: CallContext): Promise<ReadonlyMap<string, string>> {
    const agents = await this.list(call)
    return new Map(agents.flatMap(({ nativeId, name }) => (name === null ? [] : [[nativeId, name] as const])))
  }

  /** Reads which departments have an agent who accepts rooms, by id, as of at most a minute ago. */
  async readAcceptingDepartments(call: CallContext): Promise<ReadonlySet<string>> {
    const agents = await this.#agents.get(SLOW_TTL_MS, call)
    return this.#acceptingDepartments.get(agents, [], () => {
      const accepting = agents.filter(({ acceptingChats }) => acceptingChats)
      return new Set(accepting.flatMap(({ departmentIds }) => departmentIds))
    })
  }

  /**
   * Counts the open rooms that each agent serves, on hold or not. The server counts by agent and department; one request
   * returns a hundred such counts.
   */
  countActiveRooms(call: CallContext): Promise<ReadonlyMap<string, number>> {
    return this.#activeRooms(call)
  }

  /** The user id of the agent that the caller's writes appear as. */
  ownId(call: Pick<CallContext, 'caller'>): string {
    return this.#client.ownUserId(call)
  }

  async findOwnId(call: CallContext): Promise<string> {
    return this.ownId(call)
  }

  /** Finds that agent. One that is no agent, such as a manager, is not in the list and is read by itself. */
  async findOwn(call: CallContext): Promise<Agent> {
    const userId = this.ownId(call)
    const listed = (await this.list(call)).find(({ nativeId }) => nativeId === userId)
    return listed ?? this.#findUser(userId, call)
  }

  /** The username of the agent that the caller's writes appear as; null if it has none. Sends a request per agent and hour. */
  async findOwnUsername(call: CallContext): Promise<string | null> {
    const userId = this.ownId(call)
    const known = this.#usernames.get(userId)
    if (known !== undefined) return known
    const { username } = await this.#readUser(userId, call)
    if (username !== null) this.#usernames.set(userId, username)
    return username
  }

  /**
   * Sets whether the server routes new rooms to an agent. Throws NOT_FOUND for a user who is no agent, and CONFLICT if the
   * server keeps the current status, as it does outside business hours (docs/providers/rocketchat.md 13).
   */
  async setStatus(agentId: string, acceptingChats: boolean, call: CallContext): Promise<void> {
    const provider = this.#provider
    const status = acceptingChats ? 'available' : 'not-available'
    try {
      const result = await reconcileWrite({
        provider,
        write: () => this.#writeStatus(agentId, status, call),
        readBack: async () => {
          const agents = await readAgents(this.#client, call)
          const found = agents.find(({ _id }) => _id === agentId)
          return found?.statusLivechat === status ? status : null
        },
        // A repetition sets the same status.
        maxAttempts: 2,
      })
      // For other agents the server ignores the change silently, and returns the status that it keeps.
      if (result !== status) throw new ChatError('CONFLICT', CLOSED_HOURS, { provider })
    } catch (error) {
      throw isUnknownRoute(error) ? notFound('agent', provider) : error
    } finally {
      this.#agents.forget()
    }
  }

  #writeStatus(agentId: string, status: string, call: CallContext): Promise<string | null> {
    const route = '/api/v1/livechat/agent.status'
    const permission = agentId === this.ownId(call) ? 'view-l-room' : 'manage-livechat-agents'
    const request = { method: 'POST', route, body: { status, agentId }, permission } as const
    return this.#client.send(request, agentStatusResponse, call)
  }

  async #readAgents(call: CallContext): Promise<readonly Agent[]> {
    return (await readAgents(this.#client, call)).map((wire) => this.#map(wire))
  }

  async #countActiveRooms(call: CallContext): Promise<ReadonlyMap<string, number>> {
    const rows = await readAllRows((offset) => {
      // Some releases require all three page parameters.
      const query = { includeOfflineAgents: 'true', count: PAGE_SIZE, offset, sort: '{"chats":-1}' }
      const route = '/api/v1/livechat/queue'
      const request = { method: 'GET', route, query, permission: 'view-l-room' } as const
      return this.#client.send(request, agentLoadResponse, call)
    })
    return sumByAgent(rows)
  }

  async #findUser(userId: string, call: CallContext): Promise<Agent> {
    const known = this.#users.get(userId)
    if (known) return known
    const user = this.#map(await this.#readUser(userId, call))
    this.#users.set(userId, user)
    return user
  }

  #readUser(userId: string, call: CallContext): Promise<WireAgent> {
    const request = { method: 'GET', route: '/api/v1/users.info', query: { userId } } as const
    return this.#client.send(request, userInfoResponse, call)
  }

  #map(wire: WireAgent): Agent {
    return {
      type: 'Agent',
      provider: this.#provider,
      nativeId: wire._id,
      name: wire.name ?? wire.username,
      email: wire.email,
      avatarUrl: null,
      acceptingChats: isAccepting(wire),
      maxRooms: wire.maxRooms,
      departmentIds: wire.departmentIds,
    }
  }
}

/** Whether the server routes new rooms to an agent (docs/providers/rocketchat.md 4.3); null if it does not say. */
function isAccepting({ status, statusLivechat }: WireAgent): boolean | null {
  if (statusLivechat === null) return null
  return statusLivechat === 'available' && status !== 'offline'
}

function sumByAgent(rows: readonly AgentLoad[]): ReadonlyMap<string, number> {
  const rooms = new Map<string, number>()
  for (const { agentId, chats } of rows) rooms.set(agentId, (rooms.get(agentId) ?? 0) + chats)
  return rooms
}
