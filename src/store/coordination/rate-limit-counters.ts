import { Pool, type QueryResult } from 'pg'
import type { Logger } from 'pino'
import { logConnectionErrors } from '../databases/postgres.ts'
import { RATE_LIMIT_TABLE } from '../tables.ts'

const MAX_CONNECTIONS = 4
/** Counting must not delay mutations: a database that takes longer counts as unavailable. */
const TIMEOUT_MS = 500
/** The server ends what nobody waits for any more; the deletion of many counters may take longer than a count. */
const STATEMENT_TIMEOUT_MS = 10_000
/** How often an unavailable database is tested. */
const TEST_INTERVAL_MS = 5_000
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
   * Runs a statement on the counters. Rejects if the database takes too long to connect, or to respond; then at once until it
   * responds in time again.
   */
  query(statement: Statement): Promise<QueryResult>
  close(): Promise<void>
}

/**
 * Opens the counters, and deletes expired ones periodically. They have a connection pool of their own, so that a flood of
 * mutations does not delay the store, and a slow query of the store does not delay mutations. A database that takes longer than
 * `timeoutMs`, half a second by default, counts as unavailable.
 */
export function openRateLimitCounters(
  connectionString: string,
  log: Logger,
  timeoutMs = TIMEOUT_MS,
): RateLimitCounters {
  const pool = openPool(connectionString, log, timeoutMs)
  let testing: NodeJS.Timeout | undefined
  // Not a named statement: a connection pooler in between may not support them.
  const run = ({ text, values }: Statement): Promise<QueryResult> => pool.query(text, [...values])
  /** Only this waits for a database that is unavailable, not a mutation. */
  const test = async (): Promise<void> => {
    try {
      await run({ text: 'select 1', values: [] })
      testing = undefined
      log.info('rate limits are counted in the database again')
    } catch {
      if (!pool.ending) testing?.refresh()
    }
  }
  const query = async (statement: Statement): Promise<QueryResult> => {
    if (testing) throw new Error('the database was unavailable a moment ago')
    try {
      return await run(statement)
    } catch (error) {
      if (!testing && !pool.ending) {
        log.warn(
          { err: error },
          'rate limits cannot be counted in the database: each process counts by itself',
        )
        testing = setTimeout(() => void test(), TEST_INTERVAL_MS).unref()
      }
      throw error
    }
  }
  const pruning = setInterval(() => void prune(run, log), PRUNE_INTERVAL_MS).unref()
  return {
    table: RATE_LIMIT_TABLE,
    query,
    async close() {
      clearInterval(pruning)
      clearTimeout(testing)
      await pool.end()
    },
  }
}

function openPool(connectionString: string, log: Logger, timeoutMs: number): Pool {
  const pool = new Pool({
    connectionString,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: timeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: timeoutMs,
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
