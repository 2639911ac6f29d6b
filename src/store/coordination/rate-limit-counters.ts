import { Pool, type QueryResult } from 'pg'
import type { Logger } from 'pino'
import { logConnectionErrors } from '../databases/postgres.ts'
import { RATE_LIMIT_TABLE } from '../tables.ts'

const MAX_CONNECTIONS = 4
/** Counting must not delay mutations: a database that takes longer counts as unavailable. */
const TIMEOUT_MS = 2_000
/** How long an unavailable database is not queried. */
const PAUSE_MS = 5_000
const PRUNE_INTERVAL_MS = 60_000

/** A statement with its parameters. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** The rate-limit counters in PostgreSQL, which replicas share. */
export interface RateLimitCounters {
  readonly table: string
  /**
   * Runs a statement on the counters. Rejects within two seconds if the database is unavailable, and for five seconds
   * afterwards without querying it.
   */
  query(statement: Statement): Promise<QueryResult>
  close(): Promise<void>
}

/**
 * Opens the counters, and deletes expired ones periodically. They have a connection pool of their own, so that a flood of
 * mutations does not delay the store, and a slow query of the store does not delay mutations.
 */
export function openRateLimitCounters(connectionString: string, log: Logger): RateLimitCounters {
  const pool = openPool(connectionString, log)
  let pausedUntil = 0
  let isUnavailable = false
  const query = async ({ text, values }: Statement): Promise<QueryResult> => {
    if (Date.now() < pausedUntil) throw new Error('the database was unavailable a moment ago')
    try {
      // Not a named statement: a connection pooler in between may not support them.
      const result = await pool.query(text, [...values])
      if (isUnavailable) log.info('rate limits are counted in the database again')
      isUnavailable = false
      return result
    } catch (error) {
      if (!isUnavailable)
        log.warn(
          { err: error },
          'rate limits cannot be counted in the database: each process counts by itself',
        )
      isUnavailable = true
      pausedUntil = Date.now() + PAUSE_MS
      throw error
    }
  }
  const pruning = setInterval(() => void prune(query, log), PRUNE_INTERVAL_MS).unref()
  return {
    table: RATE_LIMIT_TABLE,
    query,
    async close() {
      clearInterval(pruning)
      await pool.end()
    },
  }
}

function openPool(connectionString: string, log: Logger): Pool {
  const pool = new Pool({
    connectionString,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    application_name: 'switchboard rate limits',
  })
  logConnectionErrors(pool, log)
  return pool
}

/** Deletes the counters of windows that have ended. Replicas that prune at the same time skip each other's rows. */
async function prune(query: RateLimitCounters['query'], log: Logger): Promise<void> {
  const text = `delete from ${RATE_LIMIT_TABLE} where key in
    (select key from ${RATE_LIMIT_TABLE} where expire <= $1 for update skip locked)`
  await query({ text, values: [Date.now()] }).catch((error: unknown) =>
    log.debug({ err: error }, 'expired rate-limit counters were not deleted'),
  )
}
