import { setTimeout as sleep } from 'node:timers/promises'
import type { LogErasureStore } from '../coordination/log-erasure-store.ts'
import type { Hub } from './hub.ts'
import { providerOfLog } from './replication/log-names.ts'

/** How long holders have to save their state, and followers to receive what was logged before. */
const ROUND_MS = 1_000
const TIMEOUT_MS = 20_000

export interface EventErasureOptions {
  readonly store: LogErasureStore
  readonly hub: Pick<Hub, 'saveSnapshot'>
}

/**
 * Erases what names somebody from the event log, also where this process shares no events. Live events go on: the entries
 * of a room that is watched are deleted after all replicas have delivered them, and its snapshot is replaced by what its
 * holder knows now.
 */
export class EventErasure {
  readonly #options: EventErasureOptions

  constructor(options: EventErasureOptions) {
    this.#options = options
  }

  /**
   * Erases all that was logged until now about the rooms and accounts in whose logs a text occurs, of these providers or, with
   * null, of all. Rejects after twenty seconds, or if the database fails: some of it may be erased then.
   */
  async erase(text: string, providers: readonly string[] | null): Promise<void> {
    const { store } = this.#options
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const found = await store.findContaining(text, signal)
    let names: readonly string[] = found.filter(
      (name) => providers === null || providers.includes(providerOfLog(name) ?? ''),
    )
    while (names.length > 0) {
      signal.throwIfAborted()
      names = await this.#eraseLogs(names)
    }
  }

  /** Returns the names of the logs that could not be erased yet. */
  async #eraseLogs(names: readonly string[]): Promise<readonly string[]> {
    const { store, hub } = this.#options
    const descriptions = await store.describe(names)
    for (const name of names) hub.saveSnapshot(name)
    await store.requestSnapshots(names)
    await sleep(ROUND_MS)
    return store.erase(descriptions)
  }
}
