import { ApiError } from '../api-error.ts'

/** Per action and client, no more (docs/providers/livechat.md 7.1). */
const MOST_PER_ACTION = 3

/** A registered webhook. */
export interface Registration {
  readonly id: string
  readonly action: string
  readonly url: string
  readonly secretKey: string
  readonly ownerClientId: string
  readonly type: 'license' | 'bot'
  readonly description?: string
  readonly additionalData: readonly string[]
  /** Only events of this side, where set; for events only. */
  readonly authorType?: 'customer' | 'agent'
}

/** The webhooks of a licence, and the clients that have them enabled. */
export class WebhookRegistry {
  readonly #registrations = new Map<string, Registration>()
  readonly #enabled = new Set<string>()
  readonly #newId: () => string

  constructor(newId: () => string) {
    this.#newId = newId
  }

  /** Returns the new id. Throws limit_reached for a fourth webhook of an action. */
  register(wanted: Omit<Registration, 'id'>): string {
    const same = this.ofClient(wanted.ownerClientId).filter(({ action }) => action === wanted.action)
    if (same.length >= MOST_PER_ACTION) throw new ApiError('limit_reached', 'Webhooks limit reached')
    const id = this.#newId()
    this.#registrations.set(id, { ...wanted, id })
    return id
  }

  /** Throws not_found where the client has none by this id. */
  unregister(id: string, ownerClientId: string): void {
    if (this.#registrations.get(id)?.ownerClientId !== ownerClientId) {
      throw new ApiError('not_found', 'Webhook not found')
    }
    this.#registrations.delete(id)
  }

  /** In the order of their registration. */
  ofClient(ownerClientId: string): readonly Registration[] {
    return [...this.#registrations.values()].filter((one) => one.ownerClientId === ownerClientId)
  }

  /** The enabled webhooks of an action. */
  listening(action: string): readonly Registration[] {
    return [...this.#registrations.values()].filter(
      (one) => one.action === action && this.#enabled.has(one.ownerClientId),
    )
  }

  setEnabled(ownerClientId: string, enabled: boolean): void {
    if (enabled) this.#enabled.add(ownerClientId)
    else this.#enabled.delete(ownerClientId)
  }

  isEnabled(ownerClientId: string): boolean {
    return this.#enabled.has(ownerClientId)
  }
}
