import type { CallContext } from '../../../domain/adapter.ts'
import { AllowanceError } from '../../../domain/call-allowance.ts'
import { cached } from '../../shared/cache.ts'
import { Memo } from '../../shared/memo.ts'
import type { WireRoom, WireUser } from '../wire.ts'
import type { AgentDirectory } from './agent-directory.ts'

const CACHE_TTL_MS = 60_000

/**
 * Display names of agents, which room documents lack: they hold the username only. No route returns agents by ids, so
 * the whole list is read (docs/providers/rocketchat.md 8) and cached for a minute.
 */
export class AgentNames {
  readonly #directory: Pick<AgentDirectory, 'readNames'>
  readonly #provider: string
  readonly #namedRooms = new Memo<WireRoom, WireRoom>()
  readonly #namesById = cached(CACHE_TTL_MS, (call: CallContext) => this.#read(call))

  constructor(directory: Pick<AgentDirectory, 'readNames'>, provider: string) {
    this.#directory = directory
    this.#provider = provider
  }

  /** Adds the known names of the agents in charge. Sends a request only if a room lacks a name. */
  async addTo(rooms: readonly WireRoom[], call: CallContext): Promise<readonly WireRoom[]> {
    if (!rooms.some((room) => isNameless(room.servedBy) || isNameless(closingUserOf(room)))) return rooms
    const namesById = await this.#namesById(call).catch(withoutAllowance)
    return rooms.map((room) => {
      const name = nameOf(room.servedBy, namesById)
      const closerName = nameOf(closingUserOf(room), namesById)
      if (name === null && closerName === null) return room
      return this.#namedRooms.get(room, [name, closerName], () => ({
        ...room,
        servedBy: withName(room.servedBy, name),
        closedBy: withName(room.closedBy, closerName),
      }))
    })
  }

  /** A failure costs the names, not the rooms: rooms then show the username. */
  async #read(call: CallContext): Promise<ReadonlyMap<string, string>> {
    try {
      return await this.#directory.readNames(call)
    } catch (error) {
      if (call.signal.aborted || error instanceof AllowanceError) throw error
      call.log.warn(
        { err: error, provider: this.#provider },
        'agent names could not be read: agents are shown by username',
      )
      return new Map()
    }
  }
}

/** The user that closed a room; null for an open one, and for one that its visitor closed. */
function closingUserOf({ closer, closedBy }: WireRoom): WireUser | null {
  return closer === 'visitor' ? null : closedBy
}

function isNameless(user: WireUser | null): boolean {
  return user !== null && !user.name
}

function nameOf(user: WireUser | null, namesById: ReadonlyMap<string, string>): string | null {
  return (user && namesById.get(user._id)) ?? null
}

function withName(user: WireUser | null, name: string | null): WireUser | null {
  return user === null || name === null ? user : { ...user, name }
}

/** An operation that has used up its allowance gets no names. `cached` does not keep this error for others. */
function withoutAllowance(error: unknown): ReadonlyMap<string, string> {
  if (error instanceof AllowanceError) return new Map()
  throw error
}
