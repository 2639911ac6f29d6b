import { closeSync, openSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import Database from 'libsql'

/** Attempts to get the shared lock while another process is acquiring it, and the delay between them. */
const MAX_ATTEMPTS = 50
const RETRY_MS = 10

/**
 * Detects whether several processes use one directory. Each holds a shared lock on a file there while it lives; a process
 * that can get the exclusive lock is the only one. The file is a SQLite database, because SQLite uses the locks of the
 * operating system, which a killed process loses at once.
 */
export class ProcessLock {
  readonly #path: string
  #lock: Database.Database | null = null

  constructor(path: string) {
    this.#path = path
  }

  /** Acquires the shared lock. Returns whether no other process holds it. */
  async acquire(): Promise<boolean> {
    if (this.#lock) return false
    closeSync(openSync(this.#path, 'a', 0o600))
    const database = new Database(this.#path, { timeout: 0 })
    const isOnlyProcess = canLockExclusively(database)
    for (let attempt = 0; attempt < MAX_ATTEMPTS && !lockShared(database); attempt += 1) {
      await setTimeout(RETRY_MS)
    }
    this.#lock = database
    return isOnlyProcess
  }

  release(): void {
    // The rollback releases the lock; libsql may keep the file open for longer.
    if (this.#lock?.inTransaction) this.#lock.exec('rollback')
    this.#lock?.close()
    this.#lock = null
  }
}

function canLockExclusively(database: Database.Database): boolean {
  if (!succeeds(database, () => database.exec('begin exclusive'))) return false
  database.exec('rollback')
  return true
}

/** A transaction that has read holds a shared lock until it ends. */
function lockShared(database: Database.Database): boolean {
  return succeeds(database, () => {
    database.exec('begin')
    database.prepare('select count(*) from sqlite_master').get()
  })
}

function succeeds(database: Database.Database, work: () => unknown): boolean {
  try {
    work()
    return true
  } catch {
    if (database.inTransaction) database.exec('rollback')
    return false
  }
}
