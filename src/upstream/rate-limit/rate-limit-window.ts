/** The part of a window's quota that a request is counted in. */
export type QuotaShare = 'interactive' | 'background' | 'unverified'

/** Initial state of a window. Times are milliseconds of a monotonic clock. */
export interface RateLimitWindowOptions {
  /** Maximum number of requests of all clients; `Infinity` if only background requests are limited. */
  readonly limit: number
  /** The requests among them that this process may send now: it may change while the window lasts. The whole limit by default. */
  readonly part?: () => number
  /** The requests of the part that are left to other processes; none by default. */
  readonly lent?: () => number
  /** The requests beyond the part that other processes have left to this one, for interactive requests; none by default. */
  readonly borrowed?: () => number
  /** Maximum number of background requests; by default what the interactive reserve leaves of the part. */
  readonly backgroundQuota?: number
  readonly endsAt: number
  readonly lengthMs: number
  /** Whether a response has confirmed this window. */
  readonly isConfirmed: boolean
  /** Requests that are already counted, of all clients. */
  readonly used?: number
  /** Requests of this process among them. */
  readonly ownUsed?: number
  /** Background requests among those, the last of which was sent at `lastBackgroundAt`. */
  readonly backgroundUsed?: number
  readonly lastBackgroundAt?: number
  /** Requests of unverified callers among those. */
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
  readonly lengthMs: number
  readonly #part: () => number
  readonly #lent: () => number
  readonly #borrowed: () => number
  readonly #backgroundQuota: number | undefined
  #isConfirmed: boolean
  #endsAt: number
  #used: number
  #ownUsed: number
  #backgroundUsed: number
  #lastBackgroundAt: number
  #unverifiedUsed: number

  constructor(options: RateLimitWindowOptions) {
    this.limit = options.limit
    this.lengthMs = options.lengthMs
    this.#part = options.part ?? (() => options.limit)
    this.#lent = options.lent ?? (() => 0)
    this.#borrowed = options.borrowed ?? (() => 0)
    this.#backgroundQuota = options.backgroundQuota
    this.#endsAt = options.endsAt
    this.#isConfirmed = options.isConfirmed
    this.#used = options.used ?? 0
    this.#ownUsed = options.ownUsed ?? 0
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

  /** The requests that this process may send in the whole window; `Infinity` if only background requests are limited. */
  get part(): number {
    return this.#part()
  }

  /** Maximum number of background requests of this process. */
  get backgroundQuota(): number {
    return this.#backgroundQuota ?? backgroundQuotaOf(this.part)
  }

  /** Background requests that may still be sent, limited by their quota and by the whole window. */
  get backgroundLeft(): number {
    return Math.floor(Math.min(this.backgroundQuota - this.#backgroundUsed, this.ownLeft))
  }

  /** Requests that the provider still accepts, whoever sends them. */
  get leftOfLimit(): number {
    return this.limit - this.#used
  }

  /** Requests of the part that may still be sent: other clients may have used more than their parts. */
  get ownLeft(): number {
    return Math.min(this.leftOfLimit, this.part - this.#lent() - this.#ownUsed)
  }

  /** Whether only the interactive reserve is left. Always false if only background requests are limited. */
  get isOnlyReserveLeft(): boolean {
    return Number.isFinite(this.limit) && this.#leftBesideReserve <= 0
  }

  /** Counts a request that is sent now. */
  use(share: QuotaShare, now: number): void {
    this.#used += 1
    this.#ownUsed += 1
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

  /** Requests that this process has sent in this window. */
  get ownUsed(): number {
    return this.#ownUsed
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

  /** Requests that may still be sent, borrowed ones included. */
  get #left(): number {
    return Math.min(this.leftOfLimit, this.part - this.#lent() + this.#borrowed() - this.#ownUsed)
  }

  /** Requests that may still be sent without using the interactive reserve. */
  get #leftBesideReserve(): number {
    return this.ownLeft - (this.part - this.backgroundQuota)
  }

  #leftOf(share: QuotaShare): number {
    if (share === 'interactive') return this.#left
    if (share === 'background') return this.backgroundLeft
    const total = Number.isFinite(this.limit) ? this.part : this.backgroundQuota
    const left = Math.max(1, Math.floor(total * UNVERIFIED_QUOTA)) - this.#unverifiedUsed
    // The interactive reserve is closed to unverified callers, too.
    return Number.isFinite(this.limit) ? Math.min(left, this.#leftBesideReserve) : left
  }
}
