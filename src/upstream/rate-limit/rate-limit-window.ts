/** The part of a window's quota that a request is counted in. */
export type QuotaShare = 'interactive' | 'background' | 'unverified'

/** Initial state of a window. Times are milliseconds of a monotonic clock. */
export interface RateLimitWindowOptions {
  /** Maximum number of requests; `Infinity` if only background requests are limited. */
  readonly limit: number
  /** Maximum number of background requests among them. */
  readonly backgroundQuota: number
  readonly endsAt: number
  readonly lengthMs: number
  /** Whether a response has confirmed this window. */
  readonly isConfirmed: boolean
  /** Requests that are already counted. */
  readonly used?: number
  /** Background requests among them, the last of which was sent at `lastBackgroundAt`. */
  readonly backgroundUsed?: number
  readonly lastBackgroundAt?: number
  /** Requests of unverified callers among them. */
  readonly unverifiedUsed?: number
}

/** The interactive reserve: this part of a published limit, at least one request, is closed to background requests. */
const INTERACTIVE_RESERVE = 1 / 3

/** All unverified callers together may use this part of a limit, at least one request. */
const UNVERIFIED_QUOTA = 1 / 4

/** How many requests of a limit may be background requests. A limit of one leaves no reserve. */
export function backgroundQuotaOf(limit: number): number {
  return Math.max(1, limit - Math.max(1, Math.ceil(limit * INTERACTIVE_RESERVE)))
}

/** Counts the requests of one rate-limit window by share. Times are milliseconds of a monotonic clock. */
export class RateLimitWindow {
  readonly limit: number
  readonly backgroundQuota: number
  readonly lengthMs: number
  #isConfirmed: boolean
  #endsAt: number
  #used: number
  #backgroundUsed: number
  #lastBackgroundAt: number
  #unverifiedUsed: number

  constructor(options: RateLimitWindowOptions) {
    this.limit = options.limit
    this.backgroundQuota = options.backgroundQuota
    this.lengthMs = options.lengthMs
    this.#endsAt = options.endsAt
    this.#isConfirmed = options.isConfirmed
    this.#used = options.used ?? 0
    this.#backgroundUsed = options.backgroundUsed ?? 0
    this.#lastBackgroundAt = options.lastBackgroundAt ?? Number.NEGATIVE_INFINITY
    this.#unverifiedUsed = options.unverifiedUsed ?? 0
  }

  /** Milliseconds until a request of this share may be sent. Background requests are spread over the rest of the window. */
  waitMs(share: QuotaShare, now: number): number {
    if (this.#leftOf(share) < 1) return this.#endsAt - now
    if (share !== 'background' || !Number.isFinite(this.#lastBackgroundAt)) return 0
    const gapMs = (this.#endsAt - this.#lastBackgroundAt) / (this.backgroundLeft + 1)
    return Math.max(0, this.#lastBackgroundAt + gapMs - now)
  }

  /** Background requests that may still be sent, limited by their quota and by the whole window. */
  get backgroundLeft(): number {
    return Math.floor(Math.min(this.backgroundQuota - this.#backgroundUsed, this.limit - this.#used))
  }

  /** Whether only the interactive reserve is left. Always false if only background requests are limited. */
  get isOnlyReserveLeft(): boolean {
    return Number.isFinite(this.limit) && this.#used >= this.backgroundQuota
  }

  /** Counts a request that is sent now. */
  use(share: QuotaShare, now: number): void {
    this.#used += 1
    if (share === 'unverified') this.#unverifiedUsed += 1
    if (share !== 'background') return
    this.#backgroundUsed += 1
    this.#lastBackgroundAt = now
  }

  /** Takes over the window's end and usage from a response; the usage includes other clients of the same address. */
  confirm(endsAt: number, used: number): void {
    this.#isConfirmed = true
    this.#endsAt = endsAt
    this.#used = Math.max(this.#used, used)
  }

  get endsAt(): number {
    return this.#endsAt
  }

  get backgroundUsed(): number {
    return this.#backgroundUsed
  }

  get unverifiedUsed(): number {
    return this.#unverifiedUsed
  }

  get isConfirmed(): boolean {
    return this.#isConfirmed
  }

  #leftOf(share: QuotaShare): number {
    if (share === 'interactive') return this.limit - this.#used
    if (share === 'background') return this.backgroundLeft
    const total = Number.isFinite(this.limit) ? this.limit : this.backgroundQuota
    const left = Math.max(1, Math.floor(total * UNVERIFIED_QUOTA)) - this.#unverifiedUsed
    // The interactive reserve is closed to unverified callers, too.
    return Number.isFinite(this.limit) ? Math.min(left, this.backgroundQuota - this.#used) : left
  }
}
