import type { WireRequest } from '../../wire-server.ts'
import { ApiError } from '../errors.ts'
import type { Settings } from '../settings.ts'

/** A rate limit: calls per window. */
export interface CallLimit {
  readonly calls: number
  readonly windowMs: number
}

/**
 * Limits in place of the real ones, by `METHOD path` as registered (`GET /api/v1/livechat/room`), so that tests can
 * be quick.
 */
export type CallLimitOverrides = Readonly<Record<string, CallLimit>>

interface Rule {
  startedAt: number
  readonly counts: Map<string, number>
}

/**
 * The REST limiter of one server process (docs/providers/rocketchat.md 6). It counts by client address, route
 * pattern and method, so path parameters and users make no difference. A rule's window restarts for all its callers
 * at once.
 */
export class RateLimiter {
  readonly #rules = new Map<string, Rule>()
  readonly #settings: Settings
  readonly #overrides: CallLimitOverrides
  readonly #now: () => number

  constructor(settings: Settings, overrides: CallLimitOverrides, now: () => number) {
    this.#settings = settings
    this.#overrides = overrides
    this.#now = now
  }

  /**
   * Counts a call to a route whose own limit, if any, is `own`, and adds the three headers. Throws once the limit
   * is exceeded; rejected calls count too. Does nothing while `API_Enable_Rate_Limiter` is off.
   */
  take(
    request: WireRequest,
    route: string,
    own: CallLimit | undefined,
    headers: Record<string, string>,
  ): void {
    if (!this.#settings.API_Enable_Rate_Limiter) return
    const { calls, windowMs } = this.#overrides[route] ?? own ?? this.#defaultLimit()
    const now = this.#now()
    const rule = this.#rule(route, windowMs, now)
    const address = clientAddress(request, this.#settings.HTTP_FORWARDED_COUNT)
    const count = (rule.counts.get(address) ?? 0) + 1
    rule.counts.set(address, count)
    const resetMs = rule.startedAt + windowMs - now
    headers['x-ratelimit-limit'] = String(calls)
    headers['x-ratelimit-remaining'] = String(Math.max(0, calls - count))
    headers['x-ratelimit-reset'] = String(now + resetMs)
    if (count > calls) throw new ApiError({ kind: 'limited', seconds: Math.ceil(resetMs / 1000) })
  }

  #defaultLimit(): CallLimit {
    return {
      calls: this.#settings.API_Enable_Rate_Limiter_Limit_Calls_Default,
      windowMs: this.#settings.API_Enable_Rate_Limiter_Limit_Time_Default,
    }
  }

  #rule(route: string, windowMs: number, now: number): Rule {
    const known = this.#rules.get(route)
    if (known && now - known.startedAt <= windowMs) return known
    const rule = { startedAt: now, counts: new Map<string, number>() }
    this.#rules.set(route, rule)
    return rule
  }
}

/** The caller's address for the server: `x-real-ip`, the socket's, or the proxy header's, counted from its end. */
function clientAddress(request: WireRequest, forwardedCount: number): string {
  const direct = String(request.headers['x-real-ip'] ?? request.address)
  const forwarded = request.headers['x-forwarded-for']
  if (forwardedCount === 0 || forwarded === undefined) return direct
  return String(forwarded).split(',').at(-forwardedCount)?.trim() ?? direct
}
