import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import {
  type CompiledQuery,
  type DatabaseConnection,
  SelectQueryNode,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
} from 'kysely'
import Database from 'libsql'
import { z } from 'zod'
import type { DatabaseBackend } from './database.ts'
import { FileFlusher } from './file-flusher.ts'
import { ProcessLock } from './process-lock.ts'

/** How long a write waits for another process's write, and how often it retries. */
const BUSY_TIMEOUT_MS = 5_000
const BUSY_RETRY_MS = 5

/**
 * Opens `switchboard.db` in a directory. Both are created if absent, readable by this user only, because they contain
 * messages of visitors. Throws the errors of the file system and of SQLite.
 */
export function openSqlite(directory: string): DatabaseBackend {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'switchboard.db')
  // SQLite creates the files next to it with the same mode.
  closeSync(openSync(path, 'a', 0o600))
  return createSqliteBackend(new Database(path, { timeout: BUSY_TIMEOUT_MS }), path)
}

/**
 * Creates a backend for an open database in the file at `path`. libsql is synchronous: while a statement runs, the event
 * loop is blocked. That is acceptable for the store's statements, which touch a few rows or some thousand index entries,
 * but not for disk flushes: with `synchronous = FULL` every commit would block for one. Commits therefore only write
 * (`NORMAL`), and `flush` syncs the write-ahead log off the event loop, once for all that wait. SQLite itself syncs the
 * log before it moves anything into the database file.
 */
export function createSqliteBackend(database: Database.Database, path: string): DatabaseBackend {
  // From here on the driver waits for locks, because SQLite's own waiting would block the event loop.
  const settings = ['journal_mode = WAL', 'synchronous = NORMAL', 'secure_delete = ON', 'busy_timeout = 0']
  for (const setting of settings) database.pragma(setting)
  const lock = new ProcessLock(`${path}-lock`)
  const flusher = new FileFlusher(`${path}-wal`, () => checkpoint(database))
  return {
    dialect: new ImmediateSqliteDialect({ database }),
    coordination: null,
    hasRowLocks: false,
    // All processes run on one machine, with one clock.
    now: () => sql<number>`${Date.now()}`,
    asciiLowerCase: (text) => sql`lower(${text})`,
    isOnlyProcess: () => lock.acquire(),
    flush: () => flusher.flush(),
    async close() {
      lock.release()
      await flusher.close()
    },
    // There is no network in between: a failed statement has no effect.
    mayHaveCommitted: () => false,
  }
}

/** Dialect with the driver and adapter below. */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: Database.Database

  constructor({ database }: { readonly database: Database.Database }) {
    super({ database })
    this.#database = database
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#database)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

/**
 * Begins every write by taking the write lock, the only place where it waits for another process. A statement of libsql
 * that meets a lock elsewhere stays unfinished in the connection, and no later transaction can be committed.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    super({ database })
    this.#database = database
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection()
    return {
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
      executeQuery: async <Row>(query: CompiledQuery) => {
        if (this.#database.inTransaction || SelectQueryNode.is(query.query)) {
          return connection.executeQuery<Row>(query)
        }
        await this.beginTransaction()
        try {
          const result = await connection.executeQuery<Row>(query)
          await this.commitTransaction()
          return result
        } catch (error) {
          await this.rollbackTransaction()
          throw error
        }
      },
    }
  }

  override async beginTransaction(): Promise<void> {
    const giveUpAt = Date.now() + BUSY_TIMEOUT_MS
    for (;;) {
      try {
        this.#database.exec('begin immediate')
        return
      } catch (error) {
        if (!isBusy(error) || Date.now() > giveUpAt) throw error
        await setTimeout(BUSY_RETRY_MS)
      }
    }
  }

  override async commitTransaction(): Promise<void> {
    this.#database.exec('commit')
  }

  override async rollbackTransaction(): Promise<void> {
    // SQLite rolls back by itself when the disk is full.
    if (this.#database.inTransaction) this.#database.exec('rollback')
  }
}

/** Copies the write-ahead log into the database file and syncs that; throws if another process blocks it. */
function checkpoint(database: Database.Database): void {
  const [{ busy }] = checkpointResult.parse(database.pragma('wal_checkpoint(TRUNCATE)'))
  if (busy !== 0) throw new Error('the write-ahead log could not be checkpointed: another process uses it')
}

const checkpointResult = z.tuple([z.object({ busy: z.number() })])

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}

/** Runs the migrator in a transaction, whose lock keeps two processes apart; SQLite's DDL is transactional. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
