import { setTimeout as sleep } from 'node:timers/promises'
import type {
  LiveLogStore,
  LogAppend,
  LogContents,
  LogCursor,
  LogEntry,
  LogLease,
  LogSnapshot,
} from './live-log-store.ts'
import type { LogWriter } from './log-writer.ts'
import type { WorkerLease } from './worker-lease.ts'

/** How often a lease is released again that the database did not take back. */
const RETRY_INTERVAL_MS = 500

/**
 * HOLDER: this process appends to the log. FOLLOWER: another one does. ALONE: the database is away, and this process works as
 * if it were the only one.
 */
export type LogRole = 'HOLDER' | 'FOLLOWER' | 'ALONE'

/** A room's or an account's poller, as far as it takes part in a log. */
export interface LogMember {
  /** Takes part from now on as the holder, numbering in this epoch, or as a follower. What it knows by itself is replaced by the contents. */
  onAttached(role: 'HOLDER' | 'FOLLOWER', epoch: string, contents: LogContents): void
  /** The next entries, oldest first, for a follower. */
  onEntries(entries: readonly LogEntry[]): void
  /** The follower has received all entries and is the holder now, numbering in this epoch. */
  onPromoted(epoch: string): void
  /** The holder has handed the log over and follows its next holder. */
  onDemoted(): void
  /** Nothing is shared for now. */
  onAlone(): void
  /** Notices of other processes to the holder may have been lost. */
  onNoticesMissed(): void
  /** What another process can continue from; null where there is nothing. */
  createSnapshot(): LogAppend['snapshot']
}

/** The part of one member in its log. */
export interface LogMembership {
  /** Null until it is attached. */
  readonly role: LogRole | null
  /** Attaches to the log, once. Resolves when the role is known: with a database that is away, within its time limit. */
  attach(): Promise<void>
  /** Appends entries with the next sequence numbers; does nothing unless this process is the holder. */
  append(entries: readonly Pick<LogEntry, 'sequence' | 'content'>[], snapshot: LogAppend['snapshot']): void
  /** Receives now what was appended, as a follower. */
  receiveNow(): Promise<void>
  /** The snapshot that was saved last; null where there is none. Rejects if the database is away. */
  loadSnapshot(): Promise<LogSnapshot | null>
  /** Ends the part. A holder's lease is released after what it has appended is stored. */
  leave(): void
}

/** What a membership needs of its log, and the callbacks that it calls. */
export interface MembershipOptions {
  readonly store: LiveLogStore
  readonly writer: LogWriter
  readonly worker: Pick<WorkerLease, 'id'>
  readonly acquire: (name: string) => Promise<LogLease>
  /** Reads the entries after a position, together with other logs that do so now. */
  readonly readAfter: (position: LogCursor) => Promise<readonly LogEntry[]>
  /** Resolves when no earlier member of this process holds the log any more. */
  readonly whenFree: Promise<void>
  readonly mayHold: () => boolean
  /** Whether the process ends: its leases end with it. */
  readonly isClosed: () => boolean
  readonly onBehind: () => void
  /** Called when the member cannot take part. */
  readonly onFailed: (reason: unknown) => void
  readonly onLeft: (released: Promise<void>) => void
}

/** One member of a log: attaches it as holder or follower, and takes over when the holder has left. */
export class Membership implements LogMembership {
  readonly name: string
  readonly #member: LogMember
  readonly #options: MembershipOptions
  #role: LogRole | null = null
  #lease: LogLease | null = null
  #attaching: Promise<void> | null = null
  /** Attaching and taking over run one after the other. */
  #work: Promise<void>
  /** The last entry that the member has received or appended. */
  #sequence = 0
  #announced = 0
  #hasSnapshot = false
  #isLeaseUnknown = false
  #isAttaching = false
  #isContending = false
  /** Whether the lease may have become free since it was last read. */
  #mayBeFree = false
  #hasLeft = false

  constructor(name: string, member: LogMember, options: MembershipOptions) {
    this.name = name
    this.#member = member
    this.#options = options
    this.#work = options.whenFree
  }

  get role(): LogRole | null {
    return this.#role
  }

  get sequence(): number {
    return this.#sequence
  }

  /** The newest entry that is known to exist. */
  get announced(): number {
    return this.#announced
  }

  /** The worker that holds the log, as far as it is known. */
  get holder(): string | null {
    return this.#lease?.worker ?? null
  }

  attach(): Promise<void> {
    this.#attaching ??= this.#run(() => this.#attach())
    return this.#attaching
  }

  /** Attaches again: what other processes have done meanwhile is in the log. */
  async reattach(): Promise<void> {
    if (this.#isAttaching) return
    this.#isAttaching = true
    this.#attaching = this.#run(() => this.#attach())
    await this.#attaching
  }

  #run(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => {
      // Whoever waits for this work gets its error; the next work runs all the same.
    })
    return done
  }

  append(entries: readonly Pick<LogEntry, 'sequence' | 'content'>[], snapshot: LogAppend['snapshot']): void {
    if (this.#role !== 'HOLDER' || this.#lease === null) return
    this.#sequence = entries.at(-1)?.sequence ?? this.#sequence
    this.#options.writer.append({ lease: this.#lease, entries, snapshot })
  }

  receiveNow(): Promise<void> {
    return this.#run(async () => {
      if (!this.#isFollowing) return
      const announced = this.#announced
      const position = { name: this.name, sequence: this.#sequence }
      const entries = await this.#options.readAfter(position).catch(() => null)
      if (entries) this.receive(entries, announced)
    })
  }

  async loadSnapshot(): Promise<LogSnapshot | null> {
    return (await this.#options.store.load(this.name)).snapshot
  }

  leave(): void {
    if (this.#hasLeft) return
    this.#hasLeft = true
    this.#options.onLeft(this.#run(() => this.#release()))
  }

  saveSnapshot(): void {
    this.append([], this.#member.createSnapshot())
  }

  /** Makes the holder a follower of the next holder. Returns the lease to release; null where this process is not the holder. */
  demote(): LogLease | null {
    if (this.#role !== 'HOLDER') return null
    const lease = this.#lease
    this.#lease = null
    this.#role = 'FOLLOWER'
    if (!this.#hasLeft) this.#member.onDemoted()
    return lease
  }

  /** Whether the holder had saved nothing yet when this process began to follow. */
  get lacksSnapshot(): boolean {
    return this.#isFollowing && !this.#hasSnapshot
  }

  /** Whether entries are known to exist that a follower has not received; `announced` is the newest of them. */
  isBehind(announced = 0): boolean {
    this.#announced = Math.max(this.#announced, announced)
    return this.#isFollowing && this.#announced > this.#sequence
  }

  /** Takes in what a read has returned that began when entries up to `announced` were known to exist. */
  receive(entries: readonly LogEntry[], announced: number): void {
    if (!this.#isFollowing) return
    const next = entries.filter(({ sequence }) => sequence > this.#sequence)
    const end = next.at(-1)?.sequence ?? this.#sequence
    if (end !== this.#sequence + next.length || end < announced) {
      // Some were erased: the follower continues from the snapshot.
      void this.reattach()
      return
    }
    this.#sequence = end
    if (next.length > 0) this.#member.onEntries(next)
  }

  /**
   * Tries to become the holder of a log that this process follows, because the lease may be free. While it attaches or tries
   * already, it tries again afterwards: what it has read may be older.
   */
  async contend(): Promise<void> {
    this.#mayBeFree = true
    if (this.#isContending) return
    this.#isContending = true
    try {
      await this.#run(async () => {
        while (this.#mayBeFree && this.#isFollowing) await this.#contend()
      })
    } finally {
      this.#isContending = false
    }
  }

  async #contend(): Promise<void> {
    this.#mayBeFree = false
    if (this.#hasLeft || !this.#options.mayHold()) return
    try {
      const lease = await this.#acquire()
      if (lease.worker === this.#options.worker.id) await this.#promote(lease)
    } catch {
      // The next check tries again.
    }
  }

  /** Notices may have been lost: a follower loads again what other processes have logged. */
  onNoticesMissed(): void {
    if (this.#role === 'FOLLOWER') void this.reattach()
    else if (this.#role === 'HOLDER') this.#member.onNoticesMissed()
  }

  goAlone(reason: string): void {
    if (this.#role === null || this.#role === 'ALONE') return
    this.#options.onFailed(new Error(reason))
    this.#options.writer.drop(this.name)
    this.#role = 'ALONE'
    this.#member.onAlone()
  }

  /** Another process holds the log, or the database does not take what is appended. */
  onLost(lease: LogLease): void {
    if (this.#lease === lease) this.goAlone('another process has taken the log over, or too many events wait')
  }

  get #isFollowing(): boolean {
    return this.#role === 'FOLLOWER' && !this.#isAttaching
  }

  async #attach(): Promise<void> {
    const { store, worker, mayHold, onBehind } = this.#options
    if (this.#hasLeft) return
    this.#isAttaching = true
    this.#mayBeFree = false
    this.#announced = 0
    try {
      if (this.#lease?.worker === worker.id) await store.release([this.#lease])
      this.#lease = null
      const lease = mayHold() ? await this.#acquire() : null
      const contents = await store.load(this.name)
      if (this.#hasLeft) return
      this.#role = lease?.worker === worker.id ? 'HOLDER' : 'FOLLOWER'
      this.#sequence = Math.max(contents.snapshot?.sequence ?? 0, contents.entries.at(-1)?.sequence ?? 0)
      this.#announced = Math.max(this.#sequence, this.#role === 'FOLLOWER' ? this.#announced : 0)
      this.#hasSnapshot = contents.snapshot !== null
      this.#isAttaching = false
      this.#member.onAttached(this.#role, lease?.epoch ?? '', contents)
      if (this.isBehind()) onBehind()
    } catch (error) {
      this.#isAttaching = false
      if (this.#role === 'ALONE') return
      this.#options.onFailed(error)
      this.#role = 'ALONE'
      if (!this.#hasLeft) this.#member.onAlone()
    }
  }

  /** Receives the last entries of the former holder, which cannot append any more, and takes its place. */
  async #promote(lease: LogLease): Promise<void> {
    const announced = this.#announced
    const entries = await this.#options.readAfter({ name: this.name, sequence: this.#sequence })
    this.receive(entries, announced)
    if (this.#hasLeft || !this.#isFollowing) return
    this.#role = 'HOLDER'
    this.#member.onPromoted(lease.epoch)
  }

  /** A lease that the database has given although its response was lost counts as unknown. */
  async #acquire(): Promise<LogLease> {
    this.#isLeaseUnknown = true
    this.#lease = null
    this.#lease = await this.#options.acquire(this.name)
    this.#isLeaseUnknown = false
    return this.#lease
  }

  /** Repeated until it succeeds: while this process lives, nobody else could acquire a lease that it has forgotten. */
  async #release(): Promise<void> {
    const { writer, isClosed } = this.#options
    this.saveSnapshot()
    const held = this.demote() ?? this.#lease
    if (!this.#isLeaseUnknown && held?.worker !== this.#options.worker.id) return
    await writer.flush()
    while (!isClosed() && !(await this.#tryRelease(held))) {
      await sleep(RETRY_INTERVAL_MS, undefined, { ref: false })
    }
  }

  async #tryRelease(held: LogLease | null): Promise<boolean> {
    const { store, worker, acquire } = this.#options
    try {
      const lease = this.#isLeaseUnknown ? await acquire(this.name) : held
      if (lease?.worker === worker.id) await store.release([lease])
      return true
    } catch {
      return false
    }
  }
}
