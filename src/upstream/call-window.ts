/** For whom a call is made: somebody who waits for it, or a look of the gateway's own. */
export type CallKind = 'person' | 'background'

/** The part of a window in which a call is counted; callers who are not proven have a small one of their own. */
export type CallShare = CallKind | 'unproven'

/** How a window begins. Times are milliseconds of one clock that never goes back. */
export interface CallWindowOptions {
  /** Calls of anybody; `Infinity` where only looks are held back. */
  readonly limit: number
  /** Of which looks may be this many. */
  readonly share: number
  readonly endsAt: number
  readonly lengthMs: number
  /** Whether an answer has shown that this is how things stand. */
  readonly confirmed: boolean
  /** Calls that count already. */
  readonly used?: number
  /** Of which these are looks, the last of them sent at `lookedAt`. */
  readonly looks?: number
  readonly lookedAt?: number
  /** Of which so many are counted in the share of callers who are not proven. */
  readonly unproven?: number
}

/** Of a published limit this part is kept for people, and at least one call. */
const RESERVE = 1 / 3

/** Of a limit this part, and at least one call, is what all callers who are not proven have together. */
const UNPROVEN_SHARE = 1 / 4

/** How many of `limit` calls looks may take. A limit of one leaves nothing to keep. */
export function shareOf(limit: number): number {
  return Math.max(1, limit - Math.max(1, Math.ceil(limit * RESERVE)))
}

/** A stretch of time in which calls are counted. Times are milliseconds of one clock that never goes back. */
export class CallWindow {
  readonly limit: number
  readonly share: number
  readonly lengthMs: number
  #confirmed: boolean
  #endsAt: number
  #used: number
  #looks: number
  #lookedAt: number
  #unproven: number

  constructor(options: CallWindowOptions) {
    const { limit, share, endsAt, lengthMs, confirmed, used = 0, looks = 0, unproven = 0 } = options
    this.limit = limit
    this.share = share
    this.#endsAt = endsAt
    this.lengthMs = lengthMs
    this.#confirmed = confirmed
    this.#used = used
    this.#looks = looks
    this.#unproven = unproven
    this.#lookedAt = options.lookedAt ?? Number.NEGATIVE_INFINITY
  }

  /** Milliseconds until such a call may leave. Looks are spread evenly over what is left of the window. */
  wait(share: CallShare, now: number): number {
    if (this.#leftOf(share) < 1) return this.#endsAt - now
    if (share !== 'background' || !Number.isFinite(this.#lookedAt)) return 0
    const left = this.looksLeft
    const gap = (this.#endsAt - this.#lookedAt) / (left + 1)
    return Math.max(0, this.#lookedAt + gap - now)
  }

  /** Looks that may still leave: what their share and the whole window allow. */
  get looksLeft(): number {
    return Math.floor(Math.min(this.share - this.#looks, this.limit - this.#used))
  }

  /** Whether what is left is no more than what is kept from looks; never where only looks are held back. */
  get isKept(): boolean {
    return Number.isFinite(this.limit) && this.#used >= this.share
  }

  /** Counts a call that leaves now. */
  take(share: CallShare, now: number): void {
    this.#used += 1
    if (share === 'unproven') this.#unproven += 1
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
  get looks(): number {
    return this.#looks
  }

  /** Calls of callers who are not proven that count already. */
  get unproven(): number {
    return this.#unproven
  }

  /** Whether an answer has shown that this is how things stand. */
  get confirmed(): boolean {
    return this.#confirmed
  }

  #leftOf(share: CallShare): number {
    if (share === 'person') return this.limit - this.#used
    if (share === 'background') return this.looksLeft
    const whole = Number.isFinite(this.limit) ? this.limit : this.share
    const left = Math.max(1, Math.floor(whole * UNPROVEN_SHARE)) - this.#unproven
    // What is kept from looks is kept from them too.
    return Number.isFinite(this.limit) ? Math.min(left, this.share - this.#used) : left
  }
}
