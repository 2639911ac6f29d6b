import type { Logger } from 'pino'
import { ChatError } from '../../../domain/errors.ts'

/** Tracks which configured credentials LiveChat rejects, and logs each once until it is accepted again. */
export class CredentialHealth {
  readonly #provider: string
  readonly #logMessage: string
  readonly #rejectedSettings = new Set<string>()

  constructor(provider: string, logMessage = 'LiveChat rejects a configured credential') {
    this.#provider = provider
    this.#logMessage = logMessage
  }

  /** Why the provider does not work with its current configuration; null while nothing is rejected. */
  get failureReason(): string | null {
    const [setting] = this.#rejectedSettings
    return setting === undefined ? null : rejectionOf(setting)
  }

  /** `setting` is the name of the rejected credential in the configuration. */
  markRejected(setting: string, log: Logger): void {
    if (this.#rejectedSettings.has(setting)) return
    this.#rejectedSettings.add(setting)
    log.error({ provider: this.#provider, setting }, this.#logMessage)
  }

  /** Marks the rejected credential of one operator's agent, and returns the error for that operator. */
  rejectOwn(setting: string, cause: Error, log: Logger): ChatError {
    this.markRejected(setting, log)
    return new ChatError('PROVIDER_ERROR', rejectionOf(setting), { provider: this.#provider, cause })
  }

  /** Clears a rejection, so that the next one is logged again. */
  markAccepted(setting: string): void {
    this.#rejectedSettings.delete(setting)
  }
}

function rejectionOf(setting: string): string {
  return `LiveChat rejects ${setting}.`
}
