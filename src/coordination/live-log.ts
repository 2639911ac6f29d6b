import DataLoader from 'dataloader'
import type { Logger } from 'pino'
import type { LiveLogStore, LiveNotices, LogCursor, LogEntry, LogLease } from './live-log-store.ts'
import { type LogMember, type LogMembership, Membership } from './log-membership.ts'
import { LogWriter } from './log-writer.ts'
import type { WorkerLease } from './worker-lease.ts'

/** How often this process looks for holders that have died, and tries again what the database did not take. */
const CHECK_INTERVAL_MS = 500
/** After so many checks it looks for leases that are free, because notices can be lost. */
const CHECKS_PER_SEARCH = 10
/**
 * For this long after a process has handed its logs over, only others acquire their leases: those that follow do so at once.
 * Most connections are closed by then with the default drain, so that few rooms are read once more in between.
 */
const HANDOVER_MS = 2_000

/** Logs of one query. Those whose members take over together do so in the same moment: the provider's calls then come together too. */
const MAX_BATCH = 500

export interface LiveLogOptions {
  readonly store: LiveLogStore
  /** Null where no other process uses the database. */
  readonly notices: LiveNotices | null
  readonly worker: Pick<WorkerLease, 'id' | 'isHeld'>
  readonly log: Logger
  /** Called with what another process has sent. */
  readonly onNotice: (text: string) => void
}

/**
 * The shared logs that this process takes part in. For each one process is the holder, which reads the provider and appends;
 * the others follow it. When the holder leaves or dies, one of them takes its place.
 */
export class LiveLog {
  readonly #options: LiveLogOptions
  readonly #members = new Map<string, Membership>()
  readonly #writer: LogWriter
  readonly #leases: DataLoader<string, LogLease>
  readonly #entries: DataLoader<LogCursor, readonly LogEntry[]>
  readonly #timer: NodeJS.Timeout
  readonly #stopListening: (() => Promise<void>) | null
  /** Members that have left and whose lease is not released yet, by name. */
  readonly #leaving = new Map<string, Promise<void>>()
  #checks = 0
  #isReading = false
  #isChecking = false
  /** `performance.now()` until which this process acquires no lease. */
  #handsOverUntil = Number.NEGATIVE_INFINITY
  #isClosed = false
  /** Whether a member works alone, which was logged. */
  #isFailing = false

  constructor(options: LiveLogOptions) {
    this.#options = options
    const { store, notices, worker, log } = options
    this.#writer = new LogWriter({
      store,
      log,
      onLost: (lease) => this.#members.get(lease.name)?.onLost(lease),
    })
    this.#leases = new DataLoader(async (names) => acquireInOrder(store, names, worker.id), {
      cache: false,
      maxBatchSize: MAX_BATCH,
    })
    this.#entries = new DataLoader(async (positions) => readInOrder(store, positions), {
      cache: false,
      maxBatchSize: MAX_BATCH,
    })
    this.#timer = setInterval(() => void this.#check(), CHECK_INTERVAL_MS).unref()
    this.#stopListening =
      notices?.listen({
        onAppended: (name, sequence) => this.#onAppended(name, sequence),
        onReleased: (name) => void this.#members.get(name)?.contend(),
        onSnapshotRequested: (name) => this.saveSnapshot(name),
        onNotice: options.onNotice,
        onResumed: () => this.#onResumed(),
      }) ?? null
  }

  /** Takes part in a log. A process has one member of each log at most. */
  join(name: string, member: LogMember): LogMembership {
    const membership = new Membership(name, member, {
      store: this.#options.store,
      writer: this.#writer,
      worker: this.#options.worker,
      acquire: (wanted) => this.#leases.load(wanted),
      readAfter: (position) => this.#entries.load(position),
      whenFree: this.#leaving.get(name) ?? Promise.resolve(),
      mayHold: () => performance.now() >= this.#handsOverUntil,
      isClosed: () => this.#isClosed,
      onBehind: () => void this.#readEntries(),
      onFailed: (error) => this.#onFailed(error),
      onLeft: (released) => this.#onLeft(membership, released),
    })
    this.#members.set(name, membership)
    return membership
  }

  /** Logs the first failure; the next check that finds all members back logs that too. */
  #onFailed(error: unknown): void {
    if (this.#isFailing || this.#isClosed) return
    this.#isFailing = true
    const { log } = this.#options
    log.warn({ err: error }, 'live events are not shared with other processes for now')
  }

  #onRecovered(): void {
    if (!this.#isFailing || [...this.#members.values()].some(({ role }) => role === 'ALONE')) return
    this.#isFailing = false
    this.#options.log.info('live events are shared with other processes again')
  }

  /** The next member of the log in this process waits until the lease is released: it must number in an epoch of its own. */
  #onLeft(membership: Membership, released: Promise<void>): void {
    const { name } = membership
    if (this.#members.get(name) === membership) this.#members.delete(name)
    this.#leaving.set(name, released)
    void released.then(() => {
      if (this.#leaving.get(name) === released) this.#leaving.delete(name)
    })
  }

  /** Saves the state of a log anew, if this process holds it. */
  saveSnapshot(name: string): void {
    this.#members.get(name)?.saveSnapshot()
  }

  /** Sends a text to the other processes; it may be lost. */
  send(text: string): void {
    this.#options.notices?.send(text).catch((error: unknown) => {
      this.#options.log.debug({ err: error }, 'a notice to other processes was not sent')
    })
  }

  /**
   * Hands all logs over: this process follows the others that take them. Those that nobody takes within two seconds it holds
   * again, for the connections that are still open. Where no other process uses the database, it only saves its state.
   */
  async handOver(): Promise<void> {
    const hasOthers = this.#options.notices !== null
    if (hasOthers) this.#handsOverUntil = Number.POSITIVE_INFINITY
    const held = [...this.#members.values()].filter(({ role }) => role === 'HOLDER')
    for (const membership of held) membership.saveSnapshot()
    await this.#writer.flush()
    if (!hasOthers) return
    const leases = held.map((membership) => membership.demote()).filter((lease) => lease !== null)
    await this.#options.store.release(leases).catch(() => {
      // They end with the lease of this process.
    })
    this.#handsOverUntil = performance.now() + HANDOVER_MS
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#writer.close()
    await this.#writer.flush()
    await this.#stopListening?.()
  }

  #onAppended(name: string, sequence: number): void {
    const membership = this.#members.get(name)
    if (membership?.lacksSnapshot) void membership.reattach()
    else if (membership?.isBehind(sequence)) void this.#readEntries()
  }

  /** Reads what followed logs have got meanwhile, in one query for all of them. */
  async #readEntries(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    // The notices of one transaction come in one turn of the event loop.
    await null
    try {
      for (let behind = this.#behind(); behind.length > 0; behind = this.#behind()) {
        const known = behind.map(({ name, sequence, announced }) => ({ name, sequence, announced }))
        const entries = await this.#options.store.readAfter(known)
        for (const [index, membership] of behind.entries()) {
          const own = entries.filter(({ name }) => name === membership.name)
          membership.receive(own, known[index]?.announced ?? 0)
        }
      }
    } catch (error) {
      this.#options.log.debug(
        { err: error },
        'live events of other processes could not be read; it will be retried',
      )
    } finally {
      this.#isReading = false
    }
  }

  #behind(): readonly Membership[] {
    return [...this.#members.values()].filter((membership) => membership.isBehind())
  }

  /** Notices may have been missed, or a database that has crashed has lost its logs and numbers them anew. */
  #onResumed(): void {
    for (const membership of this.#members.values()) membership.onNoticesMissed()
  }

  async #check(): Promise<void> {
    if (this.#isChecking || this.#members.size === 0) return
    this.#isChecking = true
    try {
      if (this.#options.worker.isHeld()) await this.#checkHolders()
      else
        for (const membership of this.#members.values())
          membership.goAlone('the lease of this process is lost')
    } finally {
      this.#isChecking = false
    }
    this.#onRecovered()
    void this.#readEntries()
  }

  async #checkHolders(): Promise<void> {
    const members = [...this.#members.values()]
    const alone = members.filter(({ role }) => role === 'ALONE')
    await Promise.all(alone.map((membership) => membership.reattach()))
    const followers = members.filter(({ role }) => role === 'FOLLOWER')
    if (followers.length === 0) return
    this.#checks += 1
    if (this.#checks % CHECKS_PER_SEARCH === 0) {
      await Promise.all(followers.map((membership) => membership.contend()))
      return
    }
    const alive = await this.#options.store.liveWorkers().then(
      (workers) => new Set(workers),
      () => null,
    )
    if (alive === null) return
    // A follower that holds the lease itself has acquired it, but not read what it had not received.
    const own = this.#options.worker.id
    const orphaned = followers.filter(({ holder }) => holder === null || holder === own || !alive.has(holder))
    await Promise.all(orphaned.map((membership) => membership.contend()))
  }
}

async function acquireInOrder(
  store: LiveLogStore,
  names: readonly string[],
  worker: string,
): Promise<readonly (LogLease | Error)[]> {
  const leases = new Map((await store.acquire(names, worker)).map((lease) => [lease.name, lease]))
  return names.map((name) => leases.get(name) ?? new Error('the store returned no lease'))
}

/** Reads each log once, from the earliest position that is asked for. */
async function readInOrder(
  store: LiveLogStore,
  positions: readonly LogCursor[],
): Promise<readonly (readonly LogEntry[])[]> {
  const earliest = new Map<string, LogCursor>()
  for (const position of positions) {
    const other = earliest.get(position.name)
    if (!other || position.sequence < other.sequence) earliest.set(position.name, position)
  }
  const entries = await store.readAfter([...earliest.values()])
  return positions.map((position) =>
    entries.filter(({ name, sequence }) => name === position.name && sequence > position.sequence),
  )
}
