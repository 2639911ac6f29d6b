import type { Logger } from 'pino'
import type { WorkerLease } from '../coordination/worker-lease.ts'
import type { ChatAdapter } from '../domain/adapter.ts'
import type { Clock } from './clock.ts'
import { DeliveryQueue } from './delivery-queue.ts'
import type { AttemptOutcome, OfflineStore, StoredMessage } from './offline-store.ts'

const PRUNE_EVERY_MS = 3_600_000

/** How often and for how long delivery is tried, and what is kept afterwards. */
export interface DeliveryPolicy {
  /** Milliseconds between two attempts at one provider of this kind; 0 for none. */
  spacingMs(kind: string): number
  readonly maxAttempts: number
  /** How often to check for what other processes accepted, or abandoned. */
  readonly checkIntervalMs: number
  /** How long sent and discarded messages are kept. */
  readonly retentionMs: number
  /** How long idempotency keys are kept. */
  readonly keyRetentionMs: number
}

/** To whom a worker delivers what. */
export interface DeliveryWorkerOptions {
  readonly adapters: readonly Pick<ChatAdapter, 'name' | 'kind' | 'sendOfflineMessage'>[]
  readonly store: OfflineStore
  /** This process's, held before the worker starts. */
  readonly lease: Pick<WorkerLease, 'id' | 'leaseMs' | 'isHeld' | 'canExpireOthers'>
  readonly clock: Clock
  readonly log: Logger
  readonly policy: DeliveryPolicy
  /** Told of each attempt's outcome. */
  readonly onAttempt: (provider: string, state: AttemptOutcome['state']) => void
}

/**
 * Delivers what the store holds. One in each process; what keeps two from one message is the store's claim. It is
 * woken by what is accepted here, by the time at which something falls due, and now and then to look for what
 * other processes accepted or left behind.
 */
export class DeliveryWorker {
  readonly #options: DeliveryWorkerOptions
  readonly #lanes: ReadonlyMap<string, DeliveryQueue>
  readonly #strangers = new Set<string>()
  #cancelLook: () => void = () => {}
  #looking: Promise<void> = Promise.resolve()
  #prunedAt = Number.NEGATIVE_INFINITY
  #stopped = false

  constructor(options: DeliveryWorkerOptions) {
    this.#options = options
    const { store, lease, clock, log, onAttempt, policy } = options
    const { maxAttempts } = policy
    this.#lanes = new Map(
      options.adapters.map((adapter) => {
        const spacingMs = policy.spacingMs(adapter.kind)
        const common = { store, lease, clock, log, onAttempt, maxAttempts }
        return [adapter.name, new DeliveryQueue({ ...common, adapter, spacingMs })]
      }),
    )
  }

  /**
   * Begins to deliver. Resolves when what an earlier process left behind shows as it is: abandoned messages are
   * `UNCONFIRMED`, as far as they are known to be, and those that wait for another attempt are due.
   */
  start(): Promise<void> {
    this.#looking = this.#begin()
    return this.#looking
  }

  /** Resolves when an attempt of this message has ended, none will be made in time, or the time is over. */
  async deliver(message: StoredMessage, withinMs: number): Promise<void> {
    const { clock } = this.#options
    const tooLate = (message.nextAttemptAt?.getTime() ?? 0) > clock.now() + withinMs
    const lane = this.#lanes.get(message.provider)
    if (!tooLate) await lane?.deliver(message.id, withinMs)
    else lane?.drain()
  }

  /** Begins nothing more. Attempts under way may end within the time; after it they are broken off: `UNCONFIRMED`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true
    this.#cancelLook()
    await this.#looking
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop(graceMs)))
  }

  async #begin(): Promise<void> {
    const { store, clock, log } = this.#options
    await store.makeRetriesDue(new Date(clock.now())).catch((error: unknown) => {
      log.error({ err: error }, 'the store of offline messages does not answer')
    })
    await this.#look()
  }

  async #look(): Promise<void> {
    const { clock, log, policy } = this.#options
    try {
      await this.#tidy()
    } catch (error) {
      log.error({ err: error }, 'the store of offline messages does not answer')
    }
    if (this.#stopped) return
    for (const lane of this.#lanes.values()) lane.drain()
    this.#cancelLook = clock.schedule(policy.checkIntervalMs, () => {
      this.#looking = this.#look()
    })
  }

  async #tidy(): Promise<void> {
    const { store, lease, clock, log } = this.#options
    const now = clock.now()
    const expired = lease.canExpireOthers() ? await store.expireAbandoned(new Date(now)) : 0
    if (expired > 0)
      log.warn({ messages: expired }, 'offline messages are UNCONFIRMED: their sender went away')
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return
    this.#prunedAt = now
    const { retentionMs, keyRetentionMs: keysMs } = this.#options.policy
    await store.prune({ settled: new Date(now - retentionMs), keys: new Date(now - keysMs) })
    await this.#tellOfStrangers()
  }

  async #tellOfStrangers(): Promise<void> {
    const { store, log } = this.#options
    for (const { provider, state, count } of await store.countByState()) {
      if (state !== 'QUEUED' || this.#lanes.has(provider) || this.#strangers.has(provider)) continue
      this.#strangers.add(provider)
      log.warn({ provider, messages: count }, 'offline messages wait for a provider that is not configured')
    }
  }
}
