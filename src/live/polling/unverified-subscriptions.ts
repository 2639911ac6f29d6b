import { type Caller, hashCallerToken } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'

/** Rooms of one provider that one token may wait for until the provider has accepted it. */
const MOST_ROOMS = 5
/** Rooms that may be waited for so, over all tokens. */
const MOST_JOINS = 2_000
const RETRY_AFTER_MS = 1_000

/** What a subscription of a caller who is not proven waits for. */
export interface UnverifiedSubscription {
  readonly provider: string
  readonly roomId: string
  readonly caller: Caller
  /** Where the caller comes from, as limits count it. */
  readonly clientAddress: string
}

/** All subscriptions of one caller that wait for one room: the first answer speaks for all. */
interface Join {
  /** Names provider and token. */
  readonly account: string
  readonly origin: string
  readonly leaving: AbortController
  waiting: number
}

/**
 * The subscriptions that wait to begin although the provider has not accepted their token yet. Each may be a client
 * with an invented token: there are few of one token, and a bounded number in all. Where these are too many, the oldest
 * of the origin that has most of them goes: whoever floods them keeps nobody else out.
 */
export class UnverifiedSubscriptions {
  readonly #joins = new Map<string, Join>()
  readonly #rooms = new Map<string, number>()

  /**
   * Runs `work` under a signal that aborts with the given one, or when the subscription has to go. Rejects with
   * RATE_LIMITED for a sixth room of one token, and for one that has to go.
   */
  async run<T>(
    { provider, roomId, caller, clientAddress: origin }: UnverifiedSubscription,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const account = JSON.stringify([provider, keyOf(caller)])
    const key = JSON.stringify([account, roomId])
    const join = this.#joins.get(key) ?? this.#open(key, { provider, account, origin })
    join.waiting += 1
    try {
      return await work(AbortSignal.any([signal, join.leaving.signal]))
    } catch (error) {
      throw join.leaving.signal.aborted ? join.leaving.signal.reason : error
    } finally {
      join.waiting -= 1
      if (join.waiting === 0) this.#close(key, join)
    }
  }

  #open(
    key: string,
    { provider, account, origin }: Omit<Join, 'leaving' | 'waiting'> & { provider: string },
  ) {
    const rooms = this.#rooms.get(account) ?? 0
    if (rooms >= MOST_ROOMS) throw tooManyRooms(provider)
    const join: Join = { account, origin, leaving: new AbortController(), waiting: 0 }
    this.#joins.set(key, join)
    this.#rooms.set(account, rooms + 1)
    if (this.#joins.size > MOST_JOINS) this.#dropOldest(provider)
    return join
  }

  #close(key: string, join: Join): void {
    if (this.#joins.get(key) !== join) return
    this.#joins.delete(key)
    const rooms = (this.#rooms.get(join.account) ?? 0) - 1
    if (rooms > 0) this.#rooms.set(join.account, rooms)
    else this.#rooms.delete(join.account)
  }

  #dropOldest(provider: string): void {
    const counts = new Map<string, number>()
    for (const { origin } of this.#joins.values()) counts.set(origin, (counts.get(origin) ?? 0) + 1)
    const most = Math.max(...counts.values())
    for (const [key, join] of this.#joins) {
      if (counts.get(join.origin) !== most) continue
      this.#close(key, join)
      join.leaving.abort(tooManyJoins(provider))
      return
    }
  }
}

function tooManyRooms(provider: string): ChatError {
  const detail = `Until the provider has accepted a visitor token, it may wait for ${MOST_ROOMS} rooms at a time; subscribe to others once one has begun.`
  return new ChatError('RATE_LIMITED', detail, { provider, retryAfterMs: RETRY_AFTER_MS })
}

function tooManyJoins(provider: string): ChatError {
  const detail = 'Too many subscriptions wait whose visitor tokens the provider has not accepted yet.'
  return new ChatError('RATE_LIMITED', detail, { provider, retryAfterMs: RETRY_AFTER_MS })
}

function keyOf(caller: Caller): string {
  return caller.role === 'VISITOR' ? hashCallerToken(caller) : caller.role
}
