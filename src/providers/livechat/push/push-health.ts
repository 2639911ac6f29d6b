import type { Logger } from 'pino'

/** Milliseconds for which a refusal of LiveChat's is not tried again. */
const REFUSED_MS = 5 * 60_000

/**
 * Why LiveChat refuses push to the whole account through one of its APIs. Subscriptions do not connect for a while then,
 * and operators see the reason.
 */
export class PushHealth {
  readonly #provider: string
  readonly #log: Logger
  #refusal: { readonly reason: string; readonly until: number } | null = null

  constructor(provider: string, log: Logger) {
    this.#provider = provider
    this.#log = log
  }

  /** Null unless the last login was refused. */
  get reason(): string | null {
    return this.#refusal?.reason ?? null
  }

  /** Why no connection is made now; null where one may be tried. */
  get refusalReason(): string | null {
    return this.#refusal !== null && performance.now() < this.#refusal.until ? this.#refusal.reason : null
  }

  /** `reason` contains no credential. */
  markRefused(reason: string): void {
    if (this.#refusal?.reason !== reason) {
      this.#log.warn({ provider: this.#provider, reason }, 'LiveChat refuses push; the gateway polls')
    }
    this.#refusal = { reason, until: performance.now() + REFUSED_MS }
  }

  markAccepted(): void {
    this.#refusal = null
  }
}
