import { PostgresDialect, sql } from 'kysely'
import { Pool, types } from 'pg'
import type { Logger } from 'pino'
import type { CoordinationBackend, DatabaseBackend } from './database.ts'
import { DeadlinePool } from './deadline-pool.ts'
import { PostgresNotices } from './postgres-notices.ts'

const INT8 = 20

/** Coordination must not delay what it serves: a database that takes longer counts as unavailable. */
const COORDINATION_TIMEOUT_MS = 2_000
/** The server gives up first, so that the connection survives. */
const COORDINATION_STATEMENT_TIMEOUT_MS = 1_500

/**
 * Opens a connection pool of bounded size; it connects with the first query. Timeouts apply on both sides: the server
 * ends statements that take too long and transactions of suspended replicas, the client gives up on dead connections.
 */
export function openPostgres(connectionString: string, log: Logger): DatabaseBackend {
  const pool = new Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: 15_000,
    application_name: 'switchboard',
    types: { getTypeParser: typeParser },
  })
  logConnectionErrors(pool, log)
  return {
    dialect: new PostgresDialect({ pool }),
    coordination: openCoordination(connectionString, log),
    hasRowLocks: true,
    now: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    asciiLowerCase: (text) => sql`lower(${text} collate "C")`,
    isOnlyProcess: async () => false,
    // PostgreSQL confirms a commit when it is on disk.
    flush: async () => {},
    close: async () => {},
    mayHaveCommitted: mayHaveHappened,
  }
}

/** Opens a second pool, so that a slow query or a flood of messages does not end leases or delay live events. */
function openCoordination(connectionString: string, log: Logger): CoordinationBackend {
  const pool = new Pool({
    connectionString,
    max: 4,
    connectionTimeoutMillis: COORDINATION_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: COORDINATION_STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: COORDINATION_TIMEOUT_MS,
    application_name: 'switchboard coordination',
    types: { getTypeParser: typeParser },
  })
  logConnectionErrors(pool, log)
  return {
    dialect: new PostgresDialect({ pool: new DeadlinePool(pool, COORDINATION_TIMEOUT_MS) }),
    openNotices: (db) => new PostgresNotices(connectionString, db, log),
  }
}

/**
 * Logs the errors of every connection. The pool handles only the errors of idle ones: a connection that breaks between
 * two queries of a transaction would otherwise crash the process. The transaction fails with its next query, and the pool
 * replaces the connection.
 */
export function logConnectionErrors(pool: Pool, log: Logger): void {
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ err: error }, 'database connection lost'))
  })
  // The pool also emits the errors of idle connections, which are logged above.
  pool.on('error', () => {})
}

/** Counts and timestamps are far below 2^53, so bigints are parsed as numbers. */
function typeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 && format !== 'binary') return Number
  return types.getTypeParser(oid, format)
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
])

/**
 * Errors after which a commit may have been written: the server was stopped or has crashed (57P01, 57P02), or a pooler in between
 * has lost its connection to the server, which poolers report in these classes (08 connection, 58 system, XX internal error).
 */
const MAY_BE_COMMITTED = /^(08|58|XX)[0-9A-Z]{3}$|^57P0[12]$|^40003$/

/** Any other error of the server, with a five-character SQLSTATE, rolled the transaction back; a broken connection may not have. */
function mayHaveHappened(error: unknown): boolean {
  if (!(error instanceof Error)) return true
  if (error.message.includes('trying to connect')) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (MAY_BE_COMMITTED.test(code)) return true
  return !/^[0-9A-Z]{5}$/.test(code) && !NEVER_CONNECTED.has(code)
}
