import type { Logger } from 'pino'

/** Keeps in mind which settings LiveChat refuses, and tells the log of each once until it is accepted again. */
export class CredentialHealth {
  readonly #provider: string
  readonly #refused = new Set<string>()

  constructor(provider: string) {
    this.#provider = provider
  }

  /** Why the provider is of no use as it is configured; null while it is. */
  get failureReason(): string | null {
    const [setting] = this.#refused
    return setting === undefined ? null : `LiveChat refuses ${setting}.`
  }

  /** `setting` names what was presented, as the configuration calls it. */
  markRejected(setting: string, log: Logger): void {
    if (this.#refused.has(setting)) return
    this.#refused.add(setting)
    log.error({ provider: this.#provider, setting }, 'LiveChat refuses a configured credential')
  }

  /** What it names was accepted: from now on another refusal is told again. */
  markAccepted(setting: string): void {
    this.#refused.delete(setting)
  }
}
