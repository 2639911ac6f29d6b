import { setTimeout } from 'node:timers/promises'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

/** Milliseconds between two steps of closing. */
const STEP_MS = 50

/** A connection that lives until one side closes it: a WebSocket or an event stream. */
export interface OpenConnection {
  /** Closes it in the way that makes its client connect again. */
  goAway(): void
}

/**
 * All open connections. When the gateway stops, it closes a few of them at a time: clients that were all closed at once would
 * reconnect at once, and the other replicas and the providers would have to serve them all in the same moment.
 */
export class OpenConnections {
  readonly #goAway: (connection: OpenConnection) => void
  readonly #connections = new Set<OpenConnection>()
  #isClosed = false

  constructor(unexpected: UnexpectedErrors) {
    this.#goAway = unexpected.guard('drain', (connection) => connection.goAway())
  }

  /** Adds a connection; closes it if all others are closed already. */
  add(connection: OpenConnection): void {
    if (this.#isClosed) this.#goAway(connection)
    else this.#connections.add(connection)
  }

  /** Forgets a connection that its client closed. */
  remove(connection: OpenConnection): void {
    this.#connections.delete(connection)
  }

  /** Closes all connections, evenly spread over `ms` milliseconds; 0 closes them before this function returns. */
  async closeAll(ms: number): Promise<void> {
    for (let steps = Math.ceil(ms / STEP_MS); steps > 0 && this.#connections.size > 0; steps -= 1) {
      this.#closeOldest(Math.ceil(this.#connections.size / steps))
      await setTimeout(STEP_MS)
    }
    this.#isClosed = true
    this.#closeOldest(this.#connections.size)
  }

  #closeOldest(count: number): void {
    for (const connection of [...this.#connections.values()].slice(0, count)) {
      this.#connections.delete(connection)
      this.#goAway(connection)
    }
  }
}
