import type { Logger } from 'pino'

/** Tracks which configured credentials LiveChat rejects, and logs each once until it is accepted again. */
export class CredentialHealth {
  readonly #provider: string
  readonly #rejectedSettings = new Set<string>()

  constructor(provider: string) {
    this.#provider = provider
  }

  /** Why the provider does not work with its current configuration; null while nothing is rejected. */
  get failureReason(): string | null {
    const [setting] = this.#rejectedSettings
    return setting === undefined ? null : `LiveChat rejects ${setting}.`
  }

  /** `setting` is the name of the rejected credential in the configuration. */
  markRejected(setting: string, log: Logger): void {
    if (this.#rejectedSettings.has(setting)) return
    this.#rejectedSettings.add(setting)
    log.error({ provider: this.#provider, setting }, 'LiveChat rejects a configured credential')
  }

  /** Clears a rejection, so that the next one is logged again. */
  markAccepted(setting: string): void {
    this.#rejectedSettings.delete(setting)
  }
}
