import type { CallContext } from '../../../domain/adapter.ts'
import { AllowanceError } from '../../../domain/call-allowance.ts'
import { cached } from '../../shared/cache.ts'
import type { WireRoom } from '../wire.ts'
import type { AgentClient } from './agent-client.ts'
import { agentListResponse } from './agent-wire.ts'
import { PAGE_SIZE, readAllRows } from './offset-pages.ts'

/** How long the agents' names are taken to be as they were. */
const LIFETIME_MS = 60_000

/**
 * What agents are called: rooms tell the username of who serves them and no more. There is no call by ids for
 * names, so the whole list is read (docs/providers/rocketchat.md 8) and remembered for a minute.
 */
export class AgentNames {
  readonly #client: AgentClient
  readonly #provider: string
  readonly #all = cached(LIFETIME_MS, (call: CallContext) => this.#read(call))

  constructor(client: AgentClient, provider: string) {
    this.#client = client
    this.#provider = provider
  }

  /** The rooms, with the names of who serves them as far as known. Asks only where a room lacks one. */
  async addTo(rooms: readonly WireRoom[], call: CallContext): Promise<readonly WireRoom[]> {
    if (!rooms.some(({ servedBy }) => servedBy && !servedBy.name)) return rooms
    const names = await this.#all(call).catch(nothingLeft)
    return rooms.map((room) => {
      const { servedBy } = room
      const name = servedBy && names.get(servedBy._id)
      return servedBy && name !== undefined ? { ...room, servedBy: { ...servedBy, name } } : room
    })
  }

  /** An account that may not list agents, or a list that fails, costs names, not rooms: the username stands in. */
  async #read(call: CallContext): Promise<ReadonlyMap<string, string>> {
    try {
      const users = await readAllRows(async (offset) => {
        const query = { count: PAGE_SIZE, offset }
        const request = { method: 'GET', route: '/api/v1/livechat/users/agent', query } as const
        const { users, total = null } = await this.#client.send(request, agentListResponse, call)
        return { ...users, total }
      })
      return new Map(users.flatMap(({ _id, name }) => (name ? [[_id, name] as const] : [])))
    } catch (error) {
      if (call.signal.aborted || error instanceof AllowanceError) throw error
      call.log.warn({ err: error, provider: this.#provider }, 'agents are shown by username: no names')
      return new Map()
    }
  }
}

/** An operation that may make no more calls goes without names; those of others are not remembered as missing. */
function nothingLeft(error: unknown): ReadonlyMap<string, string> {
  if (error instanceof AllowanceError) return new Map()
  throw error
}
