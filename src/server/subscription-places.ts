import type { Caller } from '../chat/caller.ts'

/** How many subscriptions each caller has at the moment, over all its sockets and streams, and how many it may have. */
export class SubscriptionPlaces {
  readonly #most: number
  readonly #taken = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Takes a place; false where the caller has all it may have. Every place that is taken is given back once. */
  take(caller: string): boolean {
    const taken = this.#taken.get(caller) ?? 0
    if (taken >= this.#most) return false
    this.#taken.set(caller, taken + 1)
    return true
  }

  /** Gives one place back. */
  giveBack(caller: string): void {
    const taken = this.#taken.get(caller) ?? 0
    if (taken > 1) this.#taken.set(caller, taken - 1)
    else this.#taken.delete(caller)
  }

  /** What to tell a caller who has no place left. */
  get refusal(): string {
    return `At most ${this.#most} subscriptions at a time for one caller.`
  }
}

/** Whose places are counted together: an operator key's, a visitor token's, or those of one address without either. */
export function placesOf(caller: Caller, address: string): string {
  if (caller.role === 'OPERATOR') return `operator ${caller.name}`
  return caller.role === 'VISITOR' ? `visitor ${caller.token}` : `address ${address}`
}
