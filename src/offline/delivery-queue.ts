import type { Logger } from 'pino'
import type { WorkerLease } from '../coordination/worker-lease.ts'
import type { ChatAdapter } from '../domain/adapter.ts'
import { anonymousCaller } from '../domain/caller.ts'
import { ChatError } from '../domain/errors.ts'
import type { Clock } from './clock.ts'
import { classifyFailure } from './failure-classification.ts'
import type { AttemptOutcome, Claim, OfflineStore, StoredMessage } from './offline-store.ts'
import { sanitizeDraft } from './sanitized-draft.ts'

/** How many attempts at one provider run at once where no spacing parts them. */
const WIDTH = 4
/** Between two tries to write down an outcome that the store refuses. */
const WRITE_AGAIN_MS = 1_000
/** After which a message is tried that this process claimed and may not send, as its lease has expired. */
const LEASE_AGAIN_MS = 1_000

/** Whose messages a lane delivers, and how. */
export interface DeliveryQueueOptions {
  readonly adapter: Pick<ChatAdapter, 'name' | 'sendOfflineMessage'>
  readonly store: Pick<OfflineStore, 'claim' | 'recordOutcome' | 'pauseProvider'>
  readonly clock: Clock
  readonly log: Logger
  /** Milliseconds between two attempts; 0 for none. */
  readonly spacingMs: number
  /** Names this process in its claims, and says whether the others still take it for alive. */
  readonly lease: Pick<WorkerLease, 'id' | 'leaseMs' | 'isHeld'>
  readonly maxAttempts: number
  /** Told of each attempt's outcome. */
  readonly onAttempt: (provider: string, state: AttemptOutcome['state']) => void
}

type Claimed = Extract<Claim, { readonly message: StoredMessage }>

interface Waiter {
  readonly until: number
  readonly leave: () => void
}

/** One provider's deliveries: takes what is due, one attempt after another where the provider asks for spacing. */
export class DeliveryQueue {
  readonly #options: DeliveryQueueOptions
  readonly #underWay = new Map<string, Promise<void>>()
  readonly #waiters = new Map<string, Set<Waiter>>()
  readonly #broken = new AbortController()
  #passing: Promise<void> | null = null
  #passAgain = false
  #cancelTimer: () => void = () => {}
  #stopped = false

  constructor(options: DeliveryQueueOptions) {
    this.#options = options
  }

  /** Looks for what is due; also called when something may have become so. */
  drain(): void {
    if (this.#stopped) return
    this.#passAgain = true
    this.#passing ??= this.#passWhileAsked()
  }

  /** Wakes, and resolves when an attempt of that message has ended, none will be made in time, or the time is over. */
  deliver(id: string, withinMs: number): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    return new Promise((resolve) => {
      const { clock } = this.#options
      const waiting = this.#waiters.get(id) ?? new Set()
      const cancel = clock.schedule(withinMs, () => waiter.leave())
      const waiter: Waiter = {
        until: clock.now() + withinMs,
        leave: () => {
          cancel()
          waiting.delete(waiter)
          if (waiting.size === 0) this.#waiters.delete(id)
          resolve()
        },
      }
      this.#waiters.set(id, waiting.add(waiter))
      this.drain()
    })
  }

  /**
   * Begins nothing more; lets attempts under way end, breaks them off after `graceMs`, and writes down what they came
   * to.
   */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true
    this.#cancelTimer()
    await this.#passing
    const cancel = this.#options.clock.schedule(graceMs, () => this.#broken.abort())
    await Promise.all(this.#underWay.values())
    cancel()
    for (const id of [...this.#waiters.keys()]) this.#release(id)
  }

  async #passWhileAsked(): Promise<void> {
    while (this.#passAgain && !this.#stopped) {
      this.#passAgain = false
      try {
        await this.#pass()
      } catch (error) {
        const { adapter, log } = this.#options
        log.error({ err: error, provider: adapter.name }, 'the store of offline messages does not answer')
      }
    }
    this.#passing = null
  }

  async #pass(): Promise<void> {
    const { adapter, store, clock, lease, spacingMs } = this.#options
    const { id: worker, leaseMs } = lease
    const width = spacingMs > 0 ? 1 : WIDTH
    this.#cancelTimer()
    while (this.#underWay.size < width && !this.#stopped) {
      const now = new Date(clock.now())
      const request = { provider: adapter.name, now, worker, leaseMs, spacingMs }
      const claim = await store.claim(request)
      if (!claim.message) return this.#rest(claim.dueAt)
      this.#begin(claim)
    }
  }

  /** Nothing is due before then: who waits for less long need not wait. */
  #rest(dueAt: Date | null): void {
    const { clock } = this.#options
    const due = dueAt?.getTime() ?? Number.POSITIVE_INFINITY
    for (const [id, waiters] of [...this.#waiters]) {
      if (this.#underWay.has(id)) continue
      for (const waiter of [...waiters]) if (waiter.until < due) waiter.leave()
    }
    if (dueAt && !this.#stopped) {
      this.#cancelTimer = clock.schedule(Math.max(due - clock.now(), 1), () => this.drain())
    }
  }

  #begin(claimed: Claimed): void {
    const { id } = claimed.message
    const attempt = this.#attempt(claimed).finally(() => {
      this.#underWay.delete(id)
      this.#release(id)
      this.drain()
    })
    this.#underWay.set(id, attempt)
  }

  #release(id: string): void {
    for (const waiter of [...(this.#waiters.get(id) ?? [])]) waiter.leave()
  }

  async #attempt(claimed: Claimed): Promise<void> {
    const { message, claim } = claimed
    // A process that stood still since its claim may have been taken for dead, and the message put back by hand.
    const outcome = this.#options.lease.isHeld() ? await this.#send(claimed) : this.#interrupted()
    if (outcome.state !== 'QUEUED' || !outcome.unsent) this.#tellOf(message, outcome.state)
    await this.#settle(message.id, claim, outcome)
  }

  async #send({ message, attemptsSinceRequeue: tries }: Claimed): Promise<AttemptOutcome> {
    const { adapter, clock, maxAttempts: maxTries, log } = this.#options
    const { id } = message
    try {
      const call = { caller: anonymousCaller, signal: this.#broken.signal, log }
      return { state: 'SENT', nativeId: await adapter.sendOfflineMessage(sanitizeDraft(message.draft), call) }
    } catch (error) {
      if (!(error instanceof ChatError) && !this.#broken.signal.aborted)
        log.error(
          { err: error, id, provider: adapter.name },
          'unexpected error while an offline message was sent',
        )
      await this.#heed(error)
      return classifyFailure({ error, attempts: tries, maxAttempts: maxTries, now: clock.now() })
    }
  }

  #interrupted(): AttemptOutcome {
    const nextAttemptAt = new Date(this.#options.clock.now() + LEASE_AGAIN_MS)
    const error = 'The gateway was interrupted before it sent the message.'
    return { state: 'QUEUED', error, nextAttemptAt, unsent: true }
  }

  #tellOf({ id, attempts: attempt }: StoredMessage, state: AttemptOutcome['state']): void {
    const { adapter, onAttempt: observe, log } = this.#options
    observe(adapter.name, state)
    const level = state === 'SENT' ? 'info' : 'warn'
    log[level]({ id, provider: adapter.name, attempt, state }, 'offline message attempted')
  }

  /** A provider that tells of a limit is left alone for as long, by all replicas and for all messages. */
  async #heed(error: unknown): Promise<void> {
    if (!(error instanceof ChatError) || error.code !== 'RATE_LIMITED' || error.retryAfterMs === null) return
    const { adapter, store, clock, log } = this.#options
    await store
      .pauseProvider(adapter.name, new Date(clock.now() + error.retryAfterMs))
      .catch((failure: unknown) => {
        log.error({ err: failure, provider: adapter.name }, 'a limit could not be written down')
      })
  }

  /** Insists: what is not written down becomes `UNCONFIRMED` once this process ends, though the outcome is known. */
  async #settle(id: string, claim: number, outcome: AttemptOutcome): Promise<void> {
    const { store, clock, log } = this.#options
    for (;;) {
      try {
        await store.recordOutcome(id, claim, outcome, new Date(clock.now()))
        return
      } catch (error) {
        log.error({ err: error, id, state: outcome.state }, 'an outcome could not be written down')
        if (this.#stopped) return
        await new Promise<void>((resolve) => void clock.schedule(WRITE_AGAIN_MS, resolve))
      }
    }
  }
}
