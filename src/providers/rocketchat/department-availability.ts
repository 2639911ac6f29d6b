import type { CallContext } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'
import { cached, FAILURE_TTL_MS } from '../shared/cache.ts'
import { clock, TtlCache } from '../shared/ttl-cache.ts'
import type { AgentDirectory } from './agent/agent-directory.ts'
import type { RocketChatClient } from './client.ts'
import type { ReadPublicConfig } from './visitor/public-departments.ts'
import { configResponse } from './wire.ts'

const TTL_MS = 60_000
/**
 * Single departments that are looked up per minute. The server accepts ten reads of its configuration per minute
 * (docs/providers/rocketchat.md 6), and anonymous callers must not use them up.
 */
const MAX_LOOKUPS = 5

export interface DepartmentAvailabilityOptions {
  readonly client: RocketChatClient
  readonly readPublicConfig: ReadPublicConfig
  /** Null without a service account. */
  readonly agents: Pick<AgentDirectory, 'readAcceptingDepartments'> | null
}

/** Says whether an agent of a department is online, as of at most a minute ago. */
export class DepartmentAvailability {
  readonly #options: DepartmentAvailabilityOptions
  /** The directory keeps what it reads, but no failures: visitors must not repeat these as often as they ask. */
  readonly #acceptingForVisitors = cached(
    FAILURE_TTL_MS,
    (call: CallContext) => this.#readAccepting(call),
    FAILURE_TTL_MS,
  )
  /** Has an entry for a minute after the service account was refused the list of agents. */
  readonly #refusals = new TtlCache<true>(TTL_MS, 1)
  readonly #onlineByDepartment = new TtlCache<boolean | null>(TTL_MS, MAX_LOOKUPS)
  /** Times of the latest lookups, on the clock of `performance.now()`. */
  #lookups: readonly number[] = []

  constructor(options: DepartmentAvailabilityOptions) {
    this.#options = options
  }

  /** Null for a department of which the server does not say it. */
  async read(ids: readonly string[], call: CallContext): Promise<readonly (boolean | null)[]> {
    const accepting = await this.#acceptingDepartments(call)
    if (accepting) return ids.map((id) => accepting.has(id))
    const { online, departments } = await this.#options.readPublicConfig(call)
    if (online === false) return ids.map(() => false)
    const [only] = ids
    const isKnown = departments.some(({ _id }) => _id === only)
    if (only === undefined || ids.length > 1 || !isKnown) return ids.map(() => null)
    return [await this.#lookUp(only, call)]
  }

  /** Null without a service account, and for one that may not list agents. */
  #acceptingDepartments(call: CallContext): Promise<ReadonlySet<string> | null> {
    return call.caller.role === 'OPERATOR' ? this.#readAccepting(call) : this.#acceptingForVisitors(call)
  }

  async #readAccepting(call: CallContext): Promise<ReadonlySet<string> | null> {
    if (this.#refusals.get('agents')) return null
    try {
      return (await this.#options.agents?.readAcceptingDepartments(call)) ?? null
    } catch (error) {
      if (!(error instanceof ChatError && error.code === 'FORBIDDEN')) throw error
      this.#refusals.set('agents', true)
      return null
    }
  }

  /** The public configuration of one department, which counts its agents only (docs/providers/rocketchat.md 17). */
  async #lookUp(department: string, call: CallContext): Promise<boolean | null> {
    const known = this.#onlineByDepartment.get(department)
    if (known !== undefined) return known
    const now = clock.now()
    this.#lookups = this.#lookups.filter((time) => now - time < TTL_MS)
    if (this.#lookups.length >= MAX_LOOKUPS) return null
    this.#lookups = [...this.#lookups, now]
    const request = { method: 'GET', route: '/api/v1/livechat/config', query: { department } } as const
    const { online } = await this.#options.client.send(request, configResponse, call)
    this.#onlineByDepartment.set(department, online)
    return online
  }
}
