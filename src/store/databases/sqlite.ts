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

/** How long a write waits for another process to finish its own, and how often it asks. */
const BUSY_TIMEOUT_MS = 5_000
const ASK_AGAIN_MS = 5

/**
 * Opens `switchboard.db` in a directory, both made where absent and readable by nobody else: they hold what
 * visitors wrote. Throws what the file system or SQLite says.
 */
export function openSqlite(directory: string): DatabaseBackend {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'switchboard.db')
  // SQLite gives the files beside it the mode of this one.
  closeSync(openSync(path, 'a', 0o600))
  return createSqliteBackend(new Database(path, { timeout: BUSY_TIMEOUT_MS }), path)
}

/**
 * A backend over an open database; `path` is where its file lies. libsql works synchronously: while a statement runs,
 * the process does nothing else. That is well with statements that touch a few rows by an index, as the store's do, or
 * some thousands of an index's entries. Waiting for the disk is another thing: with `synchronous = FULL` each commit would hold
 * up every query for as long. So commits only write (`NORMAL`), and what was answered is made to outlive a power cut by
 * syncing the log that they were written to: beside the event loop, and once for all who wait. SQLite itself syncs the
 * log before it moves anything from there into the database.
 */
export function createSqliteBackend(database: Database.Database, path: string): DatabaseBackend {
  // From here on the driver waits by itself: SQLite's own waiting would hold up the whole process.
  const settings = ['journal_mode = WAL', 'synchronous = NORMAL', 'secure_delete = ON', 'busy_timeout = 0']
  for (const setting of settings) database.pragma(setting)
  const lock = new ProcessLock(`${path}-lock`)
  const disk = new FileFlusher(`${path}-wal`, () => moveLogIntoDatabase(database))
  return {
    dialect: new WritingSqliteDialect({ database }),
    hasRowLocks: false,
    // One machine, one clock.
    now: () => sql<number>`${Date.now()}`,
    isOnlyProcess: () => lock.acquire(),
    flush: () => disk.flush(),
    async close() {
      lock.release()
      await disk.close()
    },
    // A statement that fails leaves nothing behind: the file is ours to look into, no network lies between.
    mayHaveCommitted: () => false,
  }
}

class WritingSqliteDialect extends SqliteDialect {
  readonly #database: Database.Database

  constructor({ database }: { readonly database: Database.Database }) {
    super({ database })
    this.#database = database
  }

  override createDriver(): SqliteDriver {
    return new WritingSqliteDriver(this.#database)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

/**
 * Begins every write by taking the file's write lock, and only there waits for another process. A statement that
 * libsql ran into a lock elsewhere stays half-way in the connection, and no later transaction could be committed.
 */
class WritingSqliteDriver extends SqliteDriver {
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
        await setTimeout(ASK_AGAIN_MS)
      }
    }
  }

  override async commitTransaction(): Promise<void> {
    this.#database.exec('commit')
  }

  override async rollbackTransaction(): Promise<void> {
    // A full disk has SQLite roll back by itself.
    if (this.#database.inTransaction) this.#database.exec('rollback')
  }
}

/** Copies all that the log holds into the database file and syncs that; throws where another process is in the way. */
function moveLogIntoDatabase(database: Database.Database): void {
  const [{ busy }] = checkpointed.parse(database.pragma('wal_checkpoint(TRUNCATE)'))
  if (busy !== 0) throw new Error('the log could not be moved into the database: another process uses it')
}

const checkpointed = z.tuple([z.object({ busy: z.number() })])

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}

/** Lets the migrator run in a transaction, which SQLite's DDL is fit for: its lock is what parts two processes. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
