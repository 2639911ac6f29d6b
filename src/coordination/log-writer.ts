import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { LiveLogStore, LogAppend, LogEntry, LogLease } from './live-log-store.ts'

/** The delay before a batch that the database did not take is repeated. */
const RETRY_MS = 250
const MAX_FLUSH_MS = 2_000
/** Entries of one log that can wait for the database. */
const MAX_WAITING = 1_000

export interface LogWriterOptions {
  readonly store: Pick<LiveLogStore, 'append'>
  readonly log: Logger
  /** The log can no longer be appended to by this lease: another process holds it, or too much waits for the database. */
  readonly onLost: (lease: LogLease) => void
}

/** Entries and a snapshot that wait to be appended to one log. */
interface Waiting {
  readonly lease: LogLease
  entries: readonly Pick<LogEntry, 'sequence' | 'content'>[]
  snapshot: LogAppend['snapshot']
}

/**
 * Appends to the logs that this process holds. One batch is written at a time, with everything that came meanwhile in the next
 * one, so that nobody waits for the database and a slow one gets larger batches.
 */
export class LogWriter {
  readonly #options: LogWriterOptions
  readonly #waiting = new Map<string, Waiting>()
  #writing: Promise<void> | null = null
  #isFailing = false
  #isClosed = false

  constructor(options: LogWriterOptions) {
    this.#options = options
  }

  /** Appends entries with the next sequence numbers, and replaces the saved snapshot unless it is null. */
  append({ lease, entries, snapshot }: LogAppend): void {
    const known = this.#waiting.get(lease.name)
    const waiting = known?.lease === lease ? known : { lease, entries: [], snapshot: null }
    waiting.entries = [...waiting.entries, ...entries]
    waiting.snapshot = snapshot ?? waiting.snapshot
    if (waiting.entries.length > MAX_WAITING) {
      this.drop(lease.name)
      this.#options.onLost(lease)
      return
    }
    this.#waiting.set(lease.name, waiting)
    this.#writing ??= this.#write()
  }

  /** Forgets what waits to be appended to a log. */
  drop(name: string): void {
    this.#waiting.delete(name)
  }

  /** Resolves when what was appended before is stored, within two seconds even if the database does not take it. */
  async flush(): Promise<void> {
    await Promise.race([this.#writing, sleep(MAX_FLUSH_MS, undefined, { ref: false })])
  }

  /** Repeats nothing any more that the database does not take. */
  close(): void {
    this.#isClosed = true
  }

  async #write(): Promise<void> {
    // What is appended in the same turn of the event loop goes into one batch.
    await null
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting.values()]
      this.#waiting.clear()
      if (await this.#append(batch)) continue
      if (this.#isClosed) break
      await sleep(RETRY_MS, undefined, { ref: false })
    }
    this.#writing = null
  }

  /** Returns false if the database did not take the batch, which then waits again. */
  async #append(batch: readonly Waiting[]): Promise<boolean> {
    const { store, log, onLost } = this.#options
    try {
      const lost = new Set(await store.append(batch))
      this.#isFailing = false
      for (const { lease } of batch) if (lost.has(lease.name)) onLost(lease)
      return true
    } catch (error) {
      if (!this.#isFailing) log.warn({ err: error }, 'live events could not be shared with other processes')
      this.#isFailing = true
      for (const waiting of batch) this.#putBack(waiting)
      return false
    }
  }

  #putBack(waiting: Waiting): void {
    const newer = this.#waiting.get(waiting.lease.name)
    if (newer && newer.lease !== waiting.lease) return
    this.#waiting.set(waiting.lease.name, {
      lease: waiting.lease,
      entries: [...waiting.entries, ...(newer?.entries ?? [])],
      snapshot: newer?.snapshot ?? waiting.snapshot,
    })
  }
}
