import type { Logger } from 'pino'
import type { LiveLogStore } from './live-log-store.ts'

const INTERVAL_MS = 60_000
/** Entries that are kept of each log; a subscriber that is further behind receives a gap anyway. */
const MAX_ENTRIES = 500

/** The log to prune. */
export interface LiveLogPruningOptions {
  readonly store: Pick<LiveLogStore, 'prune'>
  readonly log: Logger
  /** Age at which entries are deleted; 0 deletes all, also those that were kept under another setting. */
  readonly maxAgeMs: number
}

/** Deletes old entries of the live log once a minute. Replicas do so at random moments, so that they rarely meet. */
export class LiveLogPruning {
  readonly #options: LiveLogPruningOptions
  #timer: NodeJS.Timeout | null = null
  #run: Promise<void> = Promise.resolve()
  #isFailing = false
  #isStopped = false

  constructor(options: LiveLogPruningOptions) {
    this.#options = options
  }

  /** Prunes within the next minute for the first time, and until `stop`. */
  start(): void {
    this.#schedule(INTERVAL_MS * Math.random())
  }

  /** Resolves when a run in progress has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#run
  }

  #schedule(delayMs: number): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#run = this.#prune()
    }, delayMs).unref()
  }

  async #prune(): Promise<void> {
    const { store, log, maxAgeMs } = this.#options
    try {
      await store.prune(maxAgeMs, MAX_ENTRIES)
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing) log.warn({ err: error }, 'old entries of the event log could not be deleted')
      this.#isFailing = true
    }
    this.#schedule(INTERVAL_MS * (0.75 + Math.random() / 2))
  }
}
