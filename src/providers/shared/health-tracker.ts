import type { Logger } from 'pino'
import type { HealthStatus, ProviderHealth } from '../../domain/model.ts'
import type { UpstreamRequestReport } from '../../upstream/client.ts'
import { findRequestFailure, foreignServer, type RequestFailure } from './request-failure.ts'

const FAILURES_UNTIL_DOWN = 3

/** The observed host and its provider, and the log for changes. */
export interface HealthTrackerOptions {
  /** The configured name. */
  readonly provider: string
  /** The vendor's name, for people. */
  readonly vendor: string
  /** Base URL of the host. The log shows its host and port. */
  readonly url: string
  readonly log: Logger
}

/**
 * Derives the health of one host of a provider from its latest requests; it sends none of its own. Logs once when the host
 * stops working, with the cause, once for each other cause, and once when it works again.
 */
export class HealthTracker {
  readonly #options: HealthTrackerOptions
  readonly #host: string
  #checkedAt: Date | null = null
  #failure: RequestFailure | null = null
  /** Failures in a row, and those of them at the end that have the same cause. */
  #failures = 0
  #sameFailures = 0
  #hasWorked = false
  #isForeign = false
  #loggedCause: string | null = null

  constructor(options: HealthTrackerOptions) {
    this.#options = options
    this.#host = new URL(options.url).host
  }

  /** Records one finished request. A caller that disconnected says nothing about the provider. */
  readonly observe = (report: UpstreamRequestReport): void => {
    if (report.outcome === 'aborted') return
    const failure = findRequestFailure(report, this.#options.vendor)
    this.#checkedAt = new Date()
    if (failure !== null) this.#recordFailure(failure, report.outcome === '429')
    // Any server responds that it does not know a path: only a success shows that this is the right one after all.
    else if (!this.#isForeign || report.outcome === '200') this.#recordSuccess()
  }

  /** Records that a response shows another product than the configured one. */
  markForeign(): void {
    // The response seemed to be one of a server that works.
    this.#hasWorked = false
    this.#isForeign = true
    const failure = foreignServer(this.#options.vendor)
    // The observed response may have given a more specific reason.
    if (this.#failure?.cause !== failure.cause) this.#recordFailure(failure, false)
  }

  /** Health as of the latest request; UNKNOWN before the first. */
  current(): ProviderHealth {
    const reason = this.#failure?.reason ?? null
    return { status: this.#status(), checkedAt: this.#checkedAt, reason }
  }

  #status(): HealthStatus {
    if (this.#checkedAt === null) return 'UNKNOWN'
    if (this.#failure === null) return 'UP'
    return this.#failures >= FAILURES_UNTIL_DOWN || this.#neverWorks(this.#failure) ? 'DOWN' : 'DEGRADED'
  }

  /** A server that has never worked, and that a retry does not help. */
  #neverWorks({ isFinal }: RequestFailure): boolean {
    return !this.#hasWorked && isFinal === true
  }

  #recordSuccess(): void {
    this.#failure = null
    this.#failures = 0
    this.#hasWorked = true
    this.#isForeign = false
    if (this.#loggedCause === null) return
    this.#loggedCause = null
    const { provider, log } = this.#options
    log.info({ provider, host: this.#host }, 'provider is available again')
  }

  #recordFailure(failure: RequestFailure, isRateLimit: boolean): void {
    this.#sameFailures = failure.cause === this.#failure?.cause ? this.#sameFailures + 1 : 1
    this.#failures = isRateLimit ? 0 : this.#failures + 1
    this.#failure = failure
    if (!isRateLimit && this.#isNews(failure)) this.#logFailure(failure)
  }

  /** One lost request is no news, and neither are causes that alternate. */
  #isNews({ cause }: RequestFailure): boolean {
    if (cause === this.#loggedCause) return false
    if (this.#loggedCause === null) return !this.#hasWorked || this.#failures >= FAILURES_UNTIL_DOWN
    return this.#sameFailures >= FAILURES_UNTIL_DOWN
  }

  #logFailure({ cause, reason, redirectOrigin }: RequestFailure): void {
    this.#loggedCause = cause
    const { provider, log } = this.#options
    log.error({ provider, host: this.#host, cause, reason, redirectOrigin }, 'provider is not available')
  }
}
