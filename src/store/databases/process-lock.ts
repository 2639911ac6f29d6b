import { closeSync, openSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import Database from 'libsql'

/** How often the lock is asked for while another process is just taking it, and the milliseconds in between. */
const TRIES = 50
const TRY_AGAIN_MS = 10

/**
 * Shows whether several processes use one directory. Each holds a shared lock on a file there while it lives; one that
 * can have it exclusively is the only one. The file is a SQLite database, for its locks are the operating system's: a
 * process that is killed loses them at once.
 */
export class ProcessLock {
  readonly #path: string
  #held: Database.Database | null = null

  constructor(path: string) {
    this.#path = path
  }

  /** Whether no other process holds the lock; this one holds it from then on. */
  async acquire(): Promise<boolean> {
    if (this.#held) return false
    closeSync(openSync(this.#path, 'a', 0o600))
    const database = new Database(this.#path, { timeout: 0 })
    const isAlone = canLock(database)
    for (let tries = 0; tries < TRIES && !share(database); tries += 1) await setTimeout(TRY_AGAIN_MS)
    this.#held = database
    return isAlone
  }

  release(): void {
    // The file is let go with the transaction; libsql may keep it open for longer.
    if (this.#held?.inTransaction) this.#held.exec('rollback')
    this.#held?.close()
    this.#held = null
  }
}

function canLock(database: Database.Database): boolean {
  if (!succeeds(database, () => database.exec('begin exclusive'))) return false
  database.exec('rollback')
  return true
}

/** A transaction that has read holds a shared lock until it ends. */
function share(database: Database.Database): boolean {
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
