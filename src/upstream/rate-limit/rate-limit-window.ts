/** The part of a window in which a call is counted; callers who are not proven have a small one of their own. */
export type QuotaShare = 'interactive' | 'background' | 'unverified'

/** How a window begins. Times are milliseconds of one clock that never goes back. */
export interface RateLimitWindowOptions {
  /** Calls of anybody; `Infinity` where only looks are held back. */
  readonly limit: number
  /** Of which looks may be this many. */
  readonly backgroundQuota: number
  readonly endsAt: number
  readonly lengthMs: number
  /** Whether an answer has shown that this is how things stand. */
  readonly isConfirmed: boolean
  /** Calls that count already. */
  readonly used?: number
  /** Of which these are looks, the last of them sent at `lookedAt`. */
  readonly backgroundUsed?: number
  readonly lastBackgroundAt?: number
  /** Of which so many are counted in the share of callers who are not proven. */
  readonly unverifiedUsed?: number
}

/** Of a published limit this part is kept for people, and at least one call. */
const RESERVE = 1 / 3

/** Of a limit this part, and at least one call, is what all callers who are not proven have together. */
const UNPROVEN_SHARE = 1 / 4

/** How many of `limit` calls looks may take. A limit of one leaves nothing to keep. */
export function backgroundQuotaOf(limit: number): number {
  return Math.max(1, limit - Math.max(1, Math.ceil(limit * RESERVE)))
}

/** A stretch of time in which calls are counted. Times are milliseconds of one clock that never goes back. */
export class RateLimitWindow {
  readonly limit: number
  readonly backgroundQuota: number
  readonly lengthMs: number
  #confirmed: boolean
  #endsAt: number
  #used: number
  #looks: number
  #lookedAt: number
  #unproven: number

  constructor(options: RateLimitWindowOptions) {
    const {
      limit,
      backgroundQuota: share,
      endsAt,
      lengthMs,
      isConfirmed: confirmed,
      used = 0,
      backgroundUsed: looks = 0,
      unverifiedUsed: unproven = 0,
    } = options
    this.limit = limit
    this.backgroundQuota = share
    this.#endsAt = endsAt
    this.lengthMs = lengthMs
    this.#confirmed = confirmed
    this.#used = used
    this.#looks = looks
    this.#unproven = unproven
    this.#lookedAt = options.lastBackgroundAt ?? Number.NEGATIVE_INFINITY
  }

  /** Milliseconds until such a call may leave. Looks are spread evenly over what is left of the window. */
  waitMs(share: QuotaShare, now: number): number {
    if (this.#leftOf(share) < 1) return this.#endsAt - now
    if (share !== 'background' || !Number.isFinite(this.#lookedAt)) return 0
    const left = this.backgroundLeft
    const gap = (this.#endsAt - this.#lookedAt) / (left + 1)
    return Math.max(0, this.#lookedAt + gap - now)
  }

  /** Looks that may still leave: what their share and the whole window allow. */
  get backgroundLeft(): number {
    return Math.floor(Math.min(this.backgroundQuota - this.#looks, this.limit - this.#used))
  }

  /** Whether what is left is no more than what is kept from looks; never where only looks are held back. */
  get isOnlyReserveLeft(): boolean {
    return Number.isFinite(this.limit) && this.#used >= this.backgroundQuota
  }

  /** Counts a call that leaves now. */
  use(share: QuotaShare, now: number): void {
    this.#used += 1
    if (share === 'unverified') this.#unproven += 1
    if (share !== 'background') return
    this.#looks += 1
    this.#lookedAt = now
  }

  /** An answer shows when the window ends, and how many calls count, others' at the same address among them. */
  confirm(endsAt: number, used: number): void {
    this.#confirmed = true
    this.#endsAt = endsAt
    this.#used = Math.max(this.#used, used)
  }

  /** When what was counted counts no more. */
  get endsAt(): number {
    return this.#endsAt
  }

  /** Looks that count already. */
  get backgroundUsed(): number {
    return this.#looks
  }

  /** Calls of callers who are not proven that count already. */
  get unverifiedUsed(): number {
    return this.#unproven
  }

  /** Whether an answer has shown that this is how things stand. */
  get isConfirmed(): boolean {
    return this.#confirmed
  }

  #leftOf(share: QuotaShare): number {
    if (share === 'interactive') return this.limit - this.#used
    if (share === 'background') return this.backgroundLeft
    const whole = Number.isFinite(this.limit) ? this.limit : this.backgroundQuota
    const left = Math.max(1, Math.floor(whole * UNPROVEN_SHARE)) - this.#unproven
    // What is kept from looks is kept from them too.
    return Number.isFinite(this.limit) ? Math.min(left, this.backgroundQuota - this.#used) : left
  }
}
