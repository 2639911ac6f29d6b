import { GraphQLError } from 'graphql'
import type {
  SubscriptionFootprint,
  SubscriptionQuota,
  SubscriptionQuotaKey,
} from '../limits/subscription-quota.ts'

/** An operation of a client that is not finished. */
export interface RunningOperation {
  /** Stops it because the client wants no more results. */
  cancel(): void
}

interface Entry {
  readonly operation: RunningOperation
  /** Null for a query or mutation. */
  readonly footprint: SubscriptionFootprint | null
}

/**
 * The running operations of one socket, by the ids that its client chose. Subscriptions are counted separately, so that
 * a client with as many subscriptions as it may have can still send queries.
 */
export class SocketOperations {
  readonly #max: number
  readonly #quota: SubscriptionQuota
  readonly #entriesById = new Map<string, Entry>()
  #subscriptions = 0
  #quotaKey: SubscriptionQuotaKey | null = null
  #onAnswered: (() => void) | null = null

  /** Allows `max` subscriptions and `max` other operations. `quota` counts the subscriptions of all sockets. */
  constructor(max: number, quota: SubscriptionQuota) {
    this.#max = max
    this.#quota = quota
  }

  /** Sets the key under which subscriptions are counted. Call it before the first `add`. */
  setQuotaKey(key: SubscriptionQuotaKey): void {
    this.#quotaKey = key
  }

  has(id: string): boolean {
    return this.#entriesById.has(id)
  }

  /** Adds an operation under an unused id; returns an error if a limit is reached. */
  add(id: string, operation: RunningOperation, footprint: SubscriptionFootprint | null): GraphQLError | null {
    const count = footprint ? this.#subscriptions : this.#unanswered
    if (count >= this.#max) return tooManyError(footprint !== null, this.#max)
    const exceeded = footprint && this.#quotaKey && this.#quota.acquire(this.#quotaKey, footprint)
    if (exceeded) return transportError('TOO_MANY_SUBSCRIPTIONS', exceeded)
    if (footprint) this.#subscriptions += 1
    this.#entriesById.set(id, { operation, footprint })
    return null
  }

  /** Removes a finished operation, so that its id can be used again. */
  remove(id: string): void {
    const footprint = this.#entriesById.get(id)?.footprint
    if (!this.#entriesById.delete(id)) return
    if (footprint) {
      this.#subscriptions -= 1
      if (this.#quotaKey) this.#quota.release(this.#quotaKey, footprint)
    } else if (this.#unanswered === 0) {
      this.#onAnswered?.()
    }
  }

  /** Calls `onAnswered` when no query and no mutation runs: now, or when the last one is removed. */
  whenAnswered(onAnswered: () => void): void {
    if (this.#unanswered === 0) onAnswered()
    else this.#onAnswered = onAnswered
  }

  /** Stops and removes an operation, if there is one with this id. */
  cancel(id: string): void {
    const operation = this.#entriesById.get(id)?.operation
    this.remove(id)
    operation?.cancel()
  }

  /** Stops and removes all operations. */
  cancelAll(): void {
    for (const id of [...this.#entriesById.keys()]) this.cancel(id)
  }

  /** Number of running queries and mutations. */
  get #unanswered(): number {
    return this.#entriesById.size - this.#subscriptions
  }
}

/** An error that the transport reports, rather than the GraphQL engine. */
function transportError(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}

function tooManyError(isSubscription: boolean, max: number): GraphQLError {
  return isSubscription
    ? transportError('TOO_MANY_SUBSCRIPTIONS', `At most ${max} subscriptions at a time on one socket.`)
    : transportError('TOO_MANY_OPERATIONS', `At most ${max} queries and mutations at a time on one socket.`)
}
