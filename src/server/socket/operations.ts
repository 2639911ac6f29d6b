import { GraphQLError } from 'graphql'
import type { HeldBySubscription } from '../sharing/asked-subscription.ts'
import type { SubscriptionAccount, SubscriptionPlaces } from '../subscription-places.ts'

/** Something that a client has asked for and not yet been told the end of. */
export interface Operation {
  /** The client wants no more of it. */
  leave(): void
}

interface UnderWay {
  readonly operation: Operation
  /** Null for a query or mutation. */
  readonly held: HeldBySubscription | null
}

/**
 * What is under way on one socket, by the ids that its client chose. Queries and subscriptions are counted apart, so
 * that a client who watches as much as it may can still ask.
 */
export class Operations {
  readonly #most: number
  readonly #places: SubscriptionPlaces
  readonly #underWay = new Map<string, UnderWay>()
  #subscriptions = 0
  #account: SubscriptionAccount | null = null

  /** At most `most` subscriptions, and as many others; `places` are those of all sockets together. */
  constructor(most: number, places: SubscriptionPlaces) {
    this.#most = most
    this.#places = places
  }

  /** Says on whose account subscriptions take their places. Before the first `add`. */
  countFor(account: SubscriptionAccount): void {
    this.#account = account
  }

  /** Whether something runs under this id. */
  has(id: string): boolean {
    return this.#underWay.has(id)
  }

  /** Takes an operation in under a free id, or gives why not. `held` is what a subscription keeps, else null. */
  add(id: string, operation: Operation, held: HeldBySubscription | null): GraphQLError | null {
    const alike = held ? this.#subscriptions : this.#underWay.size - this.#subscriptions
    if (alike >= this.#most) return tooMany(held !== null, this.#most)
    const refused = held && this.#account && this.#places.take(this.#account, held)
    if (refused) return refusal('TOO_MANY_SUBSCRIPTIONS', refused)
    if (held) this.#subscriptions += 1
    this.#underWay.set(id, { operation, held })
    return null
  }

  /** The operation under this id is over by itself: the id is free. */
  end(id: string): void {
    const held = this.#underWay.get(id)?.held
    if (!this.#underWay.delete(id) || !held) return
    this.#subscriptions -= 1
    if (this.#account) this.#places.giveBack(this.#account, held)
  }

  /** The client leaves what runs under this id, if anything does. */
  leave(id: string): void {
    const operation = this.#underWay.get(id)?.operation
    this.end(id)
    operation?.leave()
  }

  /** The client is gone: leaves all that is under way. */
  leaveAll(): void {
    for (const id of [...this.#underWay.keys()]) this.leave(id)
  }
}

/** A refusal that only the transports make. */
export function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}

function tooMany(isSubscription: boolean, max: number): GraphQLError {
  return isSubscription
    ? refusal('TOO_MANY_SUBSCRIPTIONS', `At most ${max} subscriptions at a time on one socket.`)
    : refusal('TOO_MANY_OPERATIONS', `At most ${max} queries and mutations at a time on one socket.`)
}
