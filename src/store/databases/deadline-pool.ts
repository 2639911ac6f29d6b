import type { PostgresPool } from 'kysely'
import { Client, type Pool, type PoolClient } from 'pg'

/**
 * A connection pool for work that must not wait for a slow database. A connection that is in use after the deadline, which
 * counts from when it was asked for, is closed: its query rejects, and the pool opens another one.
 */
export class DeadlinePool implements PostgresPool {
  readonly #pool: Pool
  readonly #deadlineMs: number
  readonly #timers = new WeakMap<PoolClient, NodeJS.Timeout>()

  /** The pool itself bounds how long a connection is waited for: `connectionTimeoutMillis` is not above `deadlineMs`. */
  constructor(pool: Pool, deadlineMs: number) {
    this.#pool = pool
    this.#deadlineMs = deadlineMs
    pool.on('release', (_error, client) => clearTimeout(this.#timers.get(client)))
  }

  async connect(): Promise<PoolClient> {
    const startedAt = performance.now()
    const client = await this.#pool.connect()
    const remainingMs = Math.max(0, this.#deadlineMs - (performance.now() - startedAt))
    this.#timers.set(
      client,
      setTimeout(() => {
        if (client instanceof Client) void client.end()
      }, remainingMs),
    )
    return client
  }

  end(): Promise<void> {
    return this.#pool.end()
  }
}
