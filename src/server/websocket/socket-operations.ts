import { GraphQLError } from 'graphql'
import type { SubscriptionQuota, SubscriptionQuotaKey } from '../limits/subscription-quota.ts'
import type { SubscriptionFootprint } from '../shared-subscriptions/subscription-request.ts'

/** Something that a client has asked for and not yet been told the end of. */
export interface RunningOperation {
  /** The client wants no more of it. */
  cancel(): void
}

interface UnderWay {
  readonly operation: RunningOperation
  /** Null for a query or mutation. */
  readonly held: SubscriptionFootprint | null
}

/**
 * What is under way on one socket, by the ids that its client chose. Queries and subscriptions are counted apart, so
 * that a client who watches as much as it may can still ask.
 */
export class SocketOperations {
  readonly #most: number
  readonly #places: SubscriptionQuota
  readonly #underWay = new Map<string, UnderWay>()
  #subscriptions = 0
  #account: SubscriptionQuotaKey | null = null

  /** At most `most` subscriptions, and as many others; `places` are those of all sockets together. */
  constructor(most: number, places: SubscriptionQuota) {
    this.#most = most
    this.#places = places
  }

  /** Says on whose account subscriptions take their places. Before the first `add`. */
  setQuotaKey(account: SubscriptionQuotaKey): void {
    this.#account = account
  }

  /** Whether something runs under this id. */
  has(id: string): boolean {
    return this.#underWay.has(id)
  }

  /** Takes an operation in under a free id, or gives why not. `held` is what a subscription keeps, else null. */
  add(id: string, operation: RunningOperation, held: SubscriptionFootprint | null): GraphQLError | null {
    const alike = held ? this.#subscriptions : this.#underWay.size - this.#subscriptions
    if (alike >= this.#most) return tooMany(held !== null, this.#most)
    const refused = held && this.#account && this.#places.acquire(this.#account, held)
    if (refused) return transportError('TOO_MANY_SUBSCRIPTIONS', refused)
    if (held) this.#subscriptions += 1
    this.#underWay.set(id, { operation, held })
    return null
  }

  /** The operation under this id is over by itself: the id is free. */
  remove(id: string): void {
    const held = this.#underWay.get(id)?.held
    if (!this.#underWay.delete(id) || !held) return
    this.#subscriptions -= 1
    if (this.#account) this.#places.release(this.#account, held)
  }

  /** The client leaves what runs under this id, if anything does. */
  cancel(id: string): void {
    const operation = this.#underWay.get(id)?.operation
    this.remove(id)
    operation?.cancel()
  }

  /** The client is gone: leaves all that is under way. */
  cancelAll(): void {
    for (const id of [...this.#underWay.keys()]) this.cancel(id)
  }
}

/** A refusal that only the transports make. */
export function transportError(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}

function tooMany(isSubscription: boolean, max: number): GraphQLError {
  return isSubscription
    ? transportError('TOO_MANY_SUBSCRIPTIONS', `At most ${max} subscriptions at a time on one socket.`)
    : transportError('TOO_MANY_OPERATIONS', `At most ${max} queries and mutations at a time on one socket.`)
}
