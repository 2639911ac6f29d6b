import { randomUUID } from 'node:crypto'
import type { LiveLogOptions } from '../../../src/coordination/live-log.ts'
import type {
  LiveLogStore,
  LiveNoticeReceiver,
  LiveNotices,
  LogAppend,
  LogContents,
  LogCursor,
  LogLease,
  LogSnapshot,
  NamedLogEntry,
} from '../../../src/coordination/live-log-store.ts'

/** The shared logs of several processes, in memory: the test decides who lives, and whether the database answers. */
export class MemoryLiveLog {
  readonly #leases = new Map<string, LogLease>()
  readonly #entries = new Map<string, NamedLogEntry[]>()
  readonly #snapshots = new Map<string, LogSnapshot>()
  /** `performance.now()` of the last append to each log. */
  readonly #appendedAt = new Map<string, number>()
  readonly #receivers = new Map<string, LiveNoticeReceiver>()
  readonly alive = new Set<string>()
  /** While it is true, every call rejects. */
  isAway = false
  /** A kind of call that rejects. */
  rejects: 'acquire' | 'readAfter' | null = null
  /** The number of queries for entries. */
  queries = 0
  /** How long the database takes to return entries. */
  readMs = 0
  /** How long it takes to store entries. */
  appendMs = 0
  /** How long it takes to return everything that a log holds. */
  loadMs = 0
  /** While it is true, no process learns what others tell. */
  losesNotices = false

  /** Another process with its worker lease. */
  process(): { store: LiveLogStore; notices: LiveNotices; worker: LiveLogOptions['worker'] } {
    const id = randomUUID()
    this.alive.add(id)
    return {
      store: this.#store(id),
      notices: {
        send: async (text) => this.#tell(id, (receiver) => receiver.onNotice(text)),
        listen: (receiver) => {
          this.#receivers.set(id, receiver)
          return async () => void this.#receivers.delete(id)
        },
      },
      worker: { id, isHeld: () => this.alive.has(id) && !this.isAway },
    }
  }

  /** Deletes the entries of all logs. */
  eraseEntries(): void {
    this.#entries.clear()
  }

  /** Every process receives notices again, those that it has missed are lost. */
  resumeNotices(): void {
    this.losesNotices = false
    for (const receiver of this.#receivers.values()) receiver.onResumed()
  }

  /** The process that holds a log; undefined while nobody does. */
  holderOf(name: string): string | undefined {
    return this.#leases.get(name)?.worker
  }

  get names(): readonly string[] {
    return [...this.#leases.keys()]
  }

  /** The number of entries in all logs. */
  get entryCount(): number {
    return [...this.#entries.values()].reduce((sum, { length }) => sum + length, 0)
  }

  #tell(sender: string, tell: (receiver: LiveNoticeReceiver) => void): void {
    if (this.losesNotices) return
    for (const [id, receiver] of this.#receivers) if (id !== sender) queueMicrotask(() => tell(receiver))
  }

  #answer(call?: 'acquire' | 'readAfter'): void {
    if (this.isAway || (call && this.rejects === call)) throw new Error('the database is away')
  }

  #store(id: string): LiveLogStore {
    return {
      acquire: async (names, worker) => {
        this.#answer('acquire')
        return names.map((name) => this.#acquire(name, worker))
      },
      release: async (leases) => {
        this.#answer()
        for (const { name, epoch } of leases) {
          if (this.#leases.get(name)?.epoch === epoch) this.#leases.delete(name)
          this.#tell(id, (receiver) => receiver.onReleased(name))
        }
      },
      append: async (appends) => {
        this.#answer()
        if (this.appendMs > 0) await new Promise((resolve) => setTimeout(resolve, this.appendMs))
        return appends.filter((append) => !this.#append(id, append)).map(({ lease }) => lease.name)
      },
      readAfter: async (positions) => {
        this.#answer('readAfter')
        this.queries += 1
        if (this.readMs > 0) await new Promise((resolve) => setTimeout(resolve, this.readMs))
        return positions.flatMap((position) => this.#readAfter(position))
      },
      load: async (name): Promise<LogContents> => {
        this.#answer()
        if (this.loadMs > 0) await new Promise((resolve) => setTimeout(resolve, this.loadMs))
        return {
          snapshot: this.#snapshots.get(name) ?? null,
          entries: this.#entries.get(name) ?? [],
          changedMsAgo: this.#msSinceAppend(name),
        }
      },
      liveWorkers: async () => {
        this.#answer()
        return [...this.alive]
      },
      prune: async () => {},
    }
  }

  #acquire(name: string, worker: string): LogLease {
    const held = this.#leases.get(name)
    if (held && this.alive.has(held.worker)) return held
    const lease = { name, worker, epoch: randomUUID() }
    this.#leases.set(name, lease)
    return lease
  }

  #append(sender: string, { lease: { name, epoch }, entries, snapshot }: LogAppend): boolean {
    if (this.#leases.get(name)?.epoch !== epoch) return false
    const log = this.#entries.get(name) ?? []
    log.push(...entries.map((entry) => ({ ...entry, name, epoch })))
    this.#entries.set(name, log)
    if (snapshot) this.#snapshots.set(name, snapshot)
    this.#appendedAt.set(name, performance.now())
    const newest = log.at(-1)?.sequence ?? 0
    this.#tell(sender, (receiver) => receiver.onAppended(name, newest))
    return true
  }

  #msSinceAppend(name: string): number | null {
    const at = this.#appendedAt.get(name)
    return at === undefined ? null : performance.now() - at
  }

  #readAfter({ name, sequence }: LogCursor): readonly NamedLogEntry[] {
    return (this.#entries.get(name) ?? []).filter((entry) => entry.sequence > sequence)
  }
}
