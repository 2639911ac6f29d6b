import { type Caller, hashCallerToken } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'

/** Maximum number of rooms of one provider that one unverified token can wait for. */
const MAX_ROOMS = 5
/** Maximum number of waiting joins over all tokens. */
const MAX_JOINS = 2_000
const RETRY_AFTER_MS = 1_000

/** A subscription of an unverified caller that waits to start. */
export interface UnverifiedSubscription {
  readonly provider: string
  readonly roomId: string
  readonly caller: Caller
  /** The client address that limits are counted by. */
  readonly clientAddress: string
}

/** All subscriptions of one caller that wait for one room: the first response decides for all of them. */
interface Join {
  /** Identifies provider and token. */
  readonly tokenKey: string
  readonly clientAddress: string
  /** One controller per subscription, so that dropping the join ends none that has started. */
  readonly waiting: Set<AbortController>
}

/**
 * Limits the subscriptions that wait to start although the provider has not accepted their token yet, because each may come
 * with an invented token: a few per token, and a bounded number in total. Above that number the oldest join of the client
 * address with the most joins is dropped, so that a flood from one address keeps nobody else out.
 */
export class UnverifiedSubscriptions {
  readonly #joins = new Map<string, Join>()
  readonly #roomCountsByToken = new Map<string, number>()

  /**
   * Runs `work` with a signal that aborts with the given one, or if the subscription is dropped before `work` ends. Rejects with RATE_LIMITED
   * for too many rooms of one token, and for a dropped subscription.
   */
  async run<T>(
    { provider, roomId, caller, clientAddress }: UnverifiedSubscription,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const tokenKey = JSON.stringify([provider, credentialKey(caller)])
    const key = JSON.stringify([tokenKey, roomId])
    const join = this.#joins.get(key) ?? this.#open(key, { provider, tokenKey, clientAddress })
    const dropped = new AbortController()
    join.waiting.add(dropped)
    try {
      return await work(AbortSignal.any([signal, dropped.signal]))
    } catch (error) {
      throw dropped.signal.aborted ? dropped.signal.reason : error
    } finally {
      join.waiting.delete(dropped)
      if (join.waiting.size === 0) this.#close(key, join)
    }
  }

  #open(
    key: string,
    { provider, tokenKey, clientAddress }: Pick<Join, 'tokenKey' | 'clientAddress'> & { provider: string },
  ): Join {
    const roomCount = this.#roomCountsByToken.get(tokenKey) ?? 0
    if (roomCount >= MAX_ROOMS) throw tooManyRooms(provider)
    const join: Join = { tokenKey, clientAddress, waiting: new Set() }
    this.#joins.set(key, join)
    this.#roomCountsByToken.set(tokenKey, roomCount + 1)
    if (this.#joins.size > MAX_JOINS) this.#dropOldest(provider)
    return join
  }

  #close(key: string, join: Join): void {
    if (this.#joins.get(key) !== join) return
    this.#joins.delete(key)
    const roomCount = (this.#roomCountsByToken.get(join.tokenKey) ?? 0) - 1
    if (roomCount > 0) this.#roomCountsByToken.set(join.tokenKey, roomCount)
    else this.#roomCountsByToken.delete(join.tokenKey)
  }

  #dropOldest(provider: string): void {
    const counts = new Map<string, number>()
    for (const { clientAddress } of this.#joins.values()) {
      counts.set(clientAddress, (counts.get(clientAddress) ?? 0) + 1)
    }
    const most = Math.max(...counts.values())
    for (const [key, join] of this.#joins) {
      if (counts.get(join.clientAddress) !== most) continue
      this.#close(key, join)
      for (const subscription of join.waiting) subscription.abort(tooManyJoins(provider))
      return
    }
  }
}

function tooManyRooms(provider: string): ChatError {
  const detail = `A visitor token that the provider has not accepted yet can wait for ${MAX_ROOMS} rooms at a time; subscribe to others once one has started.`
  return new ChatError('RATE_LIMITED', detail, { provider, retryAfterMs: RETRY_AFTER_MS })
}

function tooManyJoins(provider: string): ChatError {
  const detail = 'Too many subscriptions are waiting for the provider to accept their visitor tokens.'
  return new ChatError('RATE_LIMITED', detail, { provider, retryAfterMs: RETRY_AFTER_MS })
}

function credentialKey(caller: Caller): string {
  return caller.role === 'VISITOR' ? hashCallerToken(caller) : caller.role
}
