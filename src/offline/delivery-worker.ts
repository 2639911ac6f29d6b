import type { Logger } from 'pino'
import type { WorkerLease } from '../coordination/worker-lease.ts'
import type { ChatAdapter } from '../domain/adapter.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Clock } from './clock.ts'
import { DeliveryQueue } from './delivery-queue.ts'
import { DeliverySpans } from './delivery-spans.ts'
import type { AttemptOutcome, OfflineStore, StoredMessage } from './offline-store.ts'

const PRUNE_INTERVAL_MS = 3_600_000

/** Attempts and retention of offline messages. */
export interface DeliveryPolicy {
  /** Minimum milliseconds between two attempts at one provider of this kind; 0 for none. */
  spacingMs(kind: string): number
  readonly maxAttempts: number
  /** How often to check for messages that other processes accepted or abandoned. */
  readonly checkIntervalMs: number
  /** How long sent and discarded messages are kept. */
  readonly retentionMs: number
  /** How long idempotency keys are kept. */
  readonly keyRetentionMs: number
}

/** The providers and the store of a delivery worker. */
export interface DeliveryWorkerOptions {
  readonly adapters: readonly Pick<ChatAdapter, 'name' | 'kind' | 'sendOfflineMessage'>[]
  readonly store: OfflineStore
  /** The lease of this process, held before the worker starts. */
  readonly lease: Pick<WorkerLease, 'id' | 'leaseMs' | 'isHeld' | 'canExpireOthers'>
  readonly clock: Clock
  readonly log: Logger
  readonly policy: DeliveryPolicy
  /** Receives the outcome of each attempt. */
  readonly onAttempt: (provider: string, state: AttemptOutcome['state']) => void
  /** Records attempts as spans; null where tracing is off. */
  readonly tracing: Tracing | null
}

/**
 * Delivers the stored offline messages, with one queue per provider. Each process runs one worker; the store's claims
 * keep two of them from sending the same message. Queues drain when a message is accepted here, when one becomes due,
 * and periodically for messages that other processes accepted or abandoned.
 */
export class DeliveryWorker {
  readonly #options: DeliveryWorkerOptions
  readonly #queues: ReadonlyMap<string, DeliveryQueue>
  readonly #unknownProviders = new Set<string>()
  readonly #spans: DeliverySpans | null
  #cancelCheck: () => void = () => {}
  #check: Promise<void> = Promise.resolve()
  #prunedAt = Number.NEGATIVE_INFINITY
  #isStopped = false

  constructor(options: DeliveryWorkerOptions) {
    this.#options = options
    const { store, lease, clock, log, onAttempt, policy, tracing } = options
    const { maxAttempts } = policy
    const spans = tracing && new DeliverySpans(tracing)
    this.#spans = spans
    this.#queues = new Map(
      options.adapters.map((adapter) => {
        const spacingMs = policy.spacingMs(adapter.kind)
        const common = { store, lease, clock, log, onAttempt, maxAttempts, spans }
        return [adapter.name, new DeliveryQueue({ ...common, adapter, spacingMs })]
      }),
    )
  }

  /**
   * Starts delivery. Resolves after the first check: messages that are known to be abandoned are `UNCONFIRMED`, and
   * messages that waited for a retry are due.
   */
  start(): Promise<void> {
    this.#check = this.#start()
    return this.#check
  }

  /** Resolves when an attempt of this message has ended, none can be made in time, or the time is over. */
  async deliver(message: StoredMessage, withinMs: number): Promise<void> {
    const { clock } = this.#options
    this.#spans?.onRequested(message.id)
    const isTooLate = (message.nextAttemptAt?.getTime() ?? 0) > clock.now() + withinMs
    const queue = this.#queues.get(message.provider)
    if (!isTooLate) await queue?.deliver(message.id, withinMs)
    else queue?.drain()
  }

  /** Starts no further attempts. Attempts in flight are aborted after `graceMs`, which leaves them `UNCONFIRMED`. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true
    this.#cancelCheck()
    await this.#check
    await Promise.all([...this.#queues.values()].map((queue) => queue.stop(graceMs)))
  }

  async #start(): Promise<void> {
    const { store, clock } = this.#options
    await store.makeRetriesDue(new Date(clock.now())).catch((error: unknown) => this.#logStoreError(error))
    await this.#checkStore()
  }

  async #checkStore(): Promise<void> {
    const { clock, policy } = this.#options
    try {
      await this.#maintainStore()
    } catch (error) {
      this.#logStoreError(error)
    }
    if (this.#isStopped) return
    for (const queue of this.#queues.values()) queue.drain()
    this.#cancelCheck = clock.schedule(policy.checkIntervalMs, () => {
      this.#check = this.#checkStore()
    })
  }

  async #maintainStore(): Promise<void> {
    const { store, lease, clock, log, policy } = this.#options
    const now = clock.now()
    const expired = lease.canExpireOthers() ? await store.expireAbandoned(new Date(now)) : 0
    if (expired > 0)
      log.warn({ messages: expired }, 'offline messages are UNCONFIRMED: the process that sent them has died')
    if (now - this.#prunedAt < PRUNE_INTERVAL_MS) return
    this.#prunedAt = now
    const { retentionMs, keyRetentionMs } = policy
    await store.prune({ completed: new Date(now - retentionMs), keys: new Date(now - keyRetentionMs) })
    await this.#warnAboutUnknownProviders()
  }

  async #warnAboutUnknownProviders(): Promise<void> {
    const { store, log } = this.#options
    for (const { provider, state, count } of await store.countByState()) {
      const isKnown = this.#queues.has(provider) || this.#unknownProviders.has(provider)
      if (state !== 'QUEUED' || isKnown) continue
      this.#unknownProviders.add(provider)
      log.warn(
        { provider, messages: count },
        'offline messages are queued for a provider that is not configured',
      )
    }
  }

  #logStoreError(error: unknown): void {
    this.#options.log.error({ err: error }, 'offline message store is unavailable')
  }
}
