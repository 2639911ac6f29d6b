import type { Logger } from 'pino'
import type { WorkerLease } from '../coordination/worker-lease.ts'
import type { ChatAdapter } from '../domain/adapter.ts'
import { anonymousCaller } from '../domain/caller.ts'
import { ChatError } from '../domain/errors.ts'
import type { Clock } from './clock.ts'
import type { DeliverySpans } from './delivery-spans.ts'
import { classifyFailure } from './failure-classification.ts'
import type { AttemptOutcome, Claim, OfflineStore, StoredMessage } from './offline-store.ts'
import { sanitizeDraft } from './sanitized-draft.ts'

/** Concurrent attempts at one provider without spacing. */
const MAX_CONCURRENT_ATTEMPTS = 4
/** Delay before an outcome that the store did not take is written again. */
const WRITE_RETRY_MS = 1_000
/** Delay before a message is attempted again whose claim this process could not use, because its lease had expired. */
const LEASE_RETRY_MS = 1_000

/** The provider and the store of a delivery queue. */
export interface DeliveryQueueOptions {
  readonly adapter: Pick<ChatAdapter, 'name' | 'sendOfflineMessage'>
  readonly store: Pick<OfflineStore, 'claim' | 'recordOutcome' | 'pauseProvider'>
  readonly clock: Clock
  readonly log: Logger
  /** Minimum milliseconds between two attempts; 0 for none. */
  readonly spacingMs: number
  /** Identifies this process in its claims, and shows whether the other replicas still consider it alive. */
  readonly lease: Pick<WorkerLease, 'id' | 'leaseMs' | 'isHeld'>
  readonly maxAttempts: number
  /** Receives the outcome of each attempt. */
  readonly onAttempt: (provider: string, state: AttemptOutcome['state']) => void
  /** Null where tracing is off. */
  readonly spans: DeliverySpans | null
}

type ClaimedMessage = Extract<Claim, { readonly message: StoredMessage }>

/** A caller that waits for the next attempt of a message. */
interface Waiter {
  readonly until: number
  readonly stopWaiting: () => void
}

/** Delivers the queued messages of one provider: claims those that are due and sends them, within the spacing. */
export class DeliveryQueue {
  readonly #options: DeliveryQueueOptions
  readonly #attemptsInFlight = new Map<string, Promise<void>>()
  readonly #waiters = new Map<string, Set<Waiter>>()
  readonly #abort = new AbortController()
  #draining: Promise<void> | null = null
  #mustDrainAgain = false
  #cancelTimer: () => void = () => {}
  #isStopped = false

  constructor(options: DeliveryQueueOptions) {
    this.#options = options
  }

  /** Starts the attempts that are due. Call it whenever a message may have become due. */
  drain(): void {
    if (this.#isStopped) return
    this.#mustDrainAgain = true
    this.#draining ??= this.#drainWhileRequested()
  }

  /** Drains, and resolves when an attempt of the message has ended, none can be made in time, or the time is over. */
  deliver(id: string, withinMs: number): Promise<void> {
    if (this.#isStopped) return Promise.resolve()
    return new Promise((resolve) => {
      const { clock } = this.#options
      const waiters = this.#waiters.get(id) ?? new Set()
      const cancel = clock.schedule(withinMs, () => waiter.stopWaiting())
      const waiter: Waiter = {
        until: clock.now() + withinMs,
        stopWaiting: () => {
          cancel()
          waiters.delete(waiter)
          if (waiters.size === 0) this.#waiters.delete(id)
          resolve()
        },
      }
      this.#waiters.set(id, waiters.add(waiter))
      this.drain()
    })
  }

  /** Starts no further attempts, aborts those in flight after `graceMs`, and records their outcomes. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true
    this.#cancelTimer()
    await this.#draining
    const cancel = this.#options.clock.schedule(graceMs, () => this.#abort.abort())
    await Promise.all(this.#attemptsInFlight.values())
    cancel()
    for (const id of [...this.#waiters.keys()]) this.#releaseWaiters(id)
  }

  async #drainWhileRequested(): Promise<void> {
    while (this.#mustDrainAgain && !this.#isStopped) {
      this.#mustDrainAgain = false
      try {
        await this.#startDueAttempts()
      } catch (error) {
        const { adapter, log } = this.#options
        log.error({ err: error, provider: adapter.name }, 'offline message store is unavailable')
      }
    }
    this.#draining = null
  }

  async #startDueAttempts(): Promise<void> {
    const { adapter, store, clock, lease, spacingMs } = this.#options
    const { id: worker, leaseMs } = lease
    const maxConcurrent = spacingMs > 0 ? 1 : MAX_CONCURRENT_ATTEMPTS
    this.#cancelTimer()
    while (this.#attemptsInFlight.size < maxConcurrent && !this.#isStopped) {
      const now = new Date(clock.now())
      const claim = await store.claim({ provider: adapter.name, now, worker, leaseMs, spacingMs })
      if (!claim.message) return this.#scheduleNext(claim.dueAt)
      this.#startAttempt(claim)
    }
  }

  /** Drains again when the next message is due, and releases the callers whose time ends before. */
  #scheduleNext(dueAt: Date | null): void {
    const { clock } = this.#options
    const due = dueAt?.getTime() ?? Number.POSITIVE_INFINITY
    for (const [id, waiters] of [...this.#waiters]) {
      if (this.#attemptsInFlight.has(id)) continue
      for (const waiter of [...waiters]) if (waiter.until < due) waiter.stopWaiting()
    }
    if (dueAt && !this.#isStopped) {
      this.#cancelTimer = clock.schedule(Math.max(due - clock.now(), 1), () => this.drain())
    }
  }

  #startAttempt(claimed: ClaimedMessage): void {
    const { id } = claimed.message
    const attempt = this.#attempt(claimed).finally(() => {
      this.#attemptsInFlight.delete(id)
      this.#releaseWaiters(id)
      this.drain()
    })
    this.#attemptsInFlight.set(id, attempt)
  }

  #releaseWaiters(id: string): void {
    for (const waiter of [...(this.#waiters.get(id) ?? [])]) waiter.stopWaiting()
  }

  async #attempt(claimed: ClaimedMessage): Promise<void> {
    const { message, claim } = claimed
    // If this process was suspended since the claim, others may have taken it for dead, and an operator may have
    // requeued the message.
    const outcome = this.#options.lease.isHeld() ? await this.#sendAsSpan(claimed) : this.#leaseLost()
    if (outcome.state !== 'QUEUED' || !outcome.unsent) this.#reportAttempt(message, outcome.state)
    await this.#recordOutcome(message.id, claim, outcome)
  }

  #sendAsSpan(claimed: ClaimedMessage): Promise<AttemptOutcome> {
    const { spans, adapter } = this.#options
    if (!spans) return this.#send(claimed)
    return spans.run(adapter.name, claimed.message, () => this.#send(claimed))
  }

  async #send({ message, attemptsSinceRequeue: attempts }: ClaimedMessage): Promise<AttemptOutcome> {
    const { adapter, clock, maxAttempts, log } = this.#options
    const { id } = message
    try {
      const call = { caller: anonymousCaller, signal: this.#abort.signal, log }
      const nativeId = await adapter.sendOfflineMessage(sanitizeDraft(message.draft), call)
      return { state: 'SENT', nativeId }
    } catch (error) {
      if (!(error instanceof ChatError) && !this.#abort.signal.aborted)
        log.error({ err: error, id, provider: adapter.name }, 'unexpected offline message delivery error')
      await this.#applyRateLimit(error)
      return classifyFailure({ error, attempts, maxAttempts, now: clock.now() })
    }
  }

  #leaseLost(): AttemptOutcome {
    const nextAttemptAt = new Date(this.#options.clock.now() + LEASE_RETRY_MS)
    const error = 'The gateway was interrupted before it sent the message.'
    return { state: 'QUEUED', error, nextAttemptAt, unsent: true }
  }

  #reportAttempt({ id, attempts: attempt }: StoredMessage, state: AttemptOutcome['state']): void {
    const { adapter, onAttempt, log } = this.#options
    onAttempt(adapter.name, state)
    const level = state === 'SENT' ? 'info' : 'warn'
    log[level]({ id, provider: adapter.name, attempt, state }, 'offline message delivery attempted')
  }

  /** Pauses the provider for the wait of a rate-limit response, for all replicas and all messages. */
  async #applyRateLimit(error: unknown): Promise<void> {
    if (!(error instanceof ChatError) || error.code !== 'RATE_LIMITED' || error.retryAfterMs === null) return
    const { adapter, store, clock, log } = this.#options
    const until = new Date(clock.now() + error.retryAfterMs)
    await store.pauseProvider(adapter.name, until).catch((failure: unknown) => {
      log.error({ err: failure, provider: adapter.name }, 'provider rate limit could not be stored')
    })
  }

  /** Retries until the store takes the outcome: an unrecorded attempt becomes `UNCONFIRMED` when this process ends. */
  async #recordOutcome(id: string, claim: number, outcome: AttemptOutcome): Promise<void> {
    const { store, clock, log } = this.#options
    for (;;) {
      try {
        await store.recordOutcome(id, claim, outcome, new Date(clock.now()))
        return
      } catch (error) {
        log.error({ err: error, id, state: outcome.state }, 'delivery outcome could not be stored')
        if (this.#isStopped) return
        await new Promise<void>((resolve) => void clock.schedule(WRITE_RETRY_MS, resolve))
      }
    }
  }
}
