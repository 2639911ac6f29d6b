import { CurrentPublishedWindow } from './published-window.ts'
import { RateLimitBackoff } from './rate-limit-backoff.ts'
import type { PublishedWindow, RateLimitInfo } from './rate-limit-headers.ts'
import { backgroundQuotaOf, type QuotaShare, RateLimitWindow } from './rate-limit-window.ts'
import type { ServerClock } from './server-clock.ts'
import { SlidingCounter } from './sliding-counter.ts'

/** A call that left, until it is told how it ended. */
export interface InFlightRequest {
  readonly share: QuotaShare
  readonly sentAt: number
  /** How many of the route's calls were over when it left: those its server has counted for certain. */
  readonly completedBefore: number
}

/** A window is taken to end this much later than it says: clocks tick in milliseconds and timers ring early. */
const MARGIN_MS = 5
/** No window longer than this was ever shipped: a header that says more speaks of something else. */
const LONGEST_WINDOW_MS = 3_600_000

/** Where nothing is published, looks are counted by windows of this length, or of the silence asked for up to the longest. */
const GUESSED_WINDOW_MS = 10_000
const LONGEST_GUESSED_WINDOW_MS = 60_000
/** What each window adds to the guess: it doubles in 35. */
const GROWTH = 1.02
/** A guess that met no refusal in so many windows is forgotten: where looks need more, it would have met one. */
const FORGET_WINDOWS = 60

/**
 * What is known of one limit of a provider: published beside its answers, or guessed from its refusals. It decides
 * which call may leave when; times are milliseconds of one clock that never goes back.
 */
export class RouteRateLimit {
  readonly #clock: ServerClock
  readonly #meter = new SlidingCounter()
  readonly #refusals = new RateLimitBackoff()
  #window: RateLimitWindow | null = null
  #published = false
  readonly #newest = new CurrentPublishedWindow()
  #answered = false
  /** After a refusal that published nothing, one call finds out whether the silence is over. */
  #probing = false
  #sent = 0
  #over = 0
  #looksUnderWay = 0
  #unprovenUnderWay = 0
  /** Calls that ended without an answer since the window was renewed: the next one may have counted them. */
  #lost = 0

  constructor(clock: ServerClock) {
    this.#clock = clock
  }

  /** Milliseconds until a call may leave in this share; Infinity where a call under way must be answered first. */
  waitMs(share: QuotaShare, now: number): number {
    const silence = this.#refusals.waitMs(share, now)
    if (silence > 0) return silence
    this.#renew(now)
    const isUnsure =
      this.#probing || this.isBeforeFirstResponse || (share !== 'interactive' && !this.#isKnown)
    if (isUnsure && this.inFlight > 0) return Number.POSITIVE_INFINITY
    return this.#window?.waitMs(share, now) ?? 0
  }

  /** Roughly when the last of so many looks will leave, in milliseconds from now. */
  backgroundDelayMs(looks: number, now: number): number {
    const silence = this.#refusals.waitMs('background', now)
    if (this.#window === null) return silence
    const { endsAt, lengthMs, backgroundQuota: share, backgroundLeft: looksLeft } = this.#window
    const left = Math.max(0, endsAt - now)
    const inWindow = Math.max(0, looksLeft)
    if (looks <= inWindow) return Math.max(silence, (left * looks) / inWindow)
    return Math.max(silence, left) + ((looks - inWindow) / Math.floor(share)) * lengthMs
  }

  /** Whether no call was ever answered, so that nobody knows anything. */
  get isBeforeFirstResponse(): boolean {
    return !this.#answered
  }

  /** How many calls have left and are not over. */
  get inFlight(): number {
    return this.#sent - this.#over
  }

  /** Whether what is left of a published limit is no more than what is kept from looks. */
  isOnlyReserveLeft(now: number): boolean {
    this.#renew(now)
    return this.#window?.isOnlyReserveLeft ?? false
  }

  /** How many people's calls a window takes. */
  get limit(): number {
    return this.#window?.limit ?? Number.POSITIVE_INFINITY
  }

  /** A call leaves now. */
  start(share: QuotaShare, now: number): InFlightRequest {
    const call = { share, sentAt: now, completedBefore: this.#over }
    this.#sent += 1
    this.#countUnderWay(share, 1)
    this.#window?.use(share, now)
    this.#meter.add(now)
    return call
  }

  /** A call is over; `signs` is what its answer told, null where there was none. */
  complete(call: InFlightRequest, signs: RateLimitInfo | null, now: number): void {
    this.#over += 1
    this.#countUnderWay(call.share, -1)
    if (!signs) {
      this.#lost += 1
      return
    }
    this.#answered = true
    this.#clock.observe(signs.serverTime, call.sentAt, now)
    const isPublished = signs.window !== null && this.#publish(signs.window, call, signs.serverTime, now)
    if (signs.isRateLimited) this.#refuse(call, signs, isPublished, now)
    else if (call.sentAt > this.#refusals.lastRateLimitedAt) this.#accept(signs)
  }

  #countUnderWay(share: QuotaShare, by: 1 | -1): void {
    if (share === 'background') this.#looksUnderWay += by
    if (share === 'unverified') this.#unprovenUnderWay += by
  }

  get #isKnown(): boolean {
    return this.#window?.isConfirmed ?? this.#answered
  }

  #accept({ isSuccess: accepted, window }: RateLimitInfo): void {
    this.#probing = false
    this.#refusals.reset()
    if (this.#window === null || this.#window.isConfirmed || window !== null) return
    // The first answer of what would be a new window publishes none: the limiter was switched off.
    if (accepted) this.#forget()
  }

  #forget(): void {
    this.#window = null
    this.#published = false
  }

  /**
   * False for what cannot be a window. The limit of a window that is over holds for those that follow; late answers
   * that tell of one before the newest tell nothing.
   */
  #publish(told: PublishedWindow, call: InFlightRequest, date: number, now: number): boolean {
    const { limit, remaining } = told
    const endsAt = this.#clock.latestLocalTime(told.resetAt, now) + MARGIN_MS
    if (endsAt - now > LONGEST_WINDOW_MS) return false
    const known = this.#published && this.#window?.limit === limit ? this.#window : null
    const used = limit - remaining
    if (known && this.#newest.isCurrent(told)) {
      if (known.isConfirmed || endsAt > now) known.confirm(endsAt, used)
    } else if (known === null || !this.#newest.isStale(told, call.sentAt)) {
      this.#newest.replace(told, date, endsAt - call.sentAt, now)
      this.#published = true
      // What was under way together with this call may be counted yet, and may be looks.
      const beside = this.#sent - call.completedBefore - 1
      const isLook = call.share === 'background'
      const isUnproven = call.share === 'unverified'
      const before = known?.isConfirmed === false ? known : null
      this.#window = new RateLimitWindow({
        limit,
        backgroundQuota: backgroundQuotaOf(limit),
        used: used + beside,
        backgroundUsed: before?.backgroundUsed ?? beside + (isLook ? 1 : 0),
        ...(isLook && { lastBackgroundAt: call.sentAt }),
        unverifiedUsed: before?.unverifiedUsed ?? this.#unprovenUnderWay + (isUnproven ? 1 : 0),
        endsAt,
        lengthMs: this.#newest.lengthMs,
        isConfirmed: true,
      })
    }
    return true
  }

  /** What a server publishes stays known where a refusal publishes nothing: that one may come from before it. */
  #refuse(
    call: InFlightRequest,
    { retryAfterMs: waitMs, window }: RateLimitInfo,
    isPublished: boolean,
    now: number,
  ): void {
    const { afterAnswers, recurs } = this.#refusals.recordRateLimited(
      call,
      waitMs ?? (isPublished ? 0 : null),
      now,
    )
    if (!isPublished) {
      this.#probing = true
      const isGuessed = this.#window !== null
      if (!this.#published && (isGuessed ? afterAnswers : recurs)) this.#guess(waitMs, now)
    } else if (window && this.#window?.isConfirmed && this.#newest.isCurrent(window)) {
      this.#window.confirm(this.#window.endsAt, this.#window.limit)
    }
  }

  /** Half of what was done when it was too much. */
  #guess(waitMs: number | null, now: number): void {
    const lengthMs = Math.min(Math.max(waitMs ?? 0, GUESSED_WINDOW_MS), LONGEST_GUESSED_WINDOW_MS)
    const share = Math.max(1, this.#meter.countInLast(lengthMs, now) / 2)
    if (waitMs === null) this.#refusals.pauseBackground(now + lengthMs)
    const endsAt = now + this.#refusals.waitMs('background', now) + lengthMs
    const limit = Number.POSITIVE_INFINITY
    this.#window = new RateLimitWindow({ limit, backgroundQuota: share, endsAt, lengthMs, isConfirmed: true })
  }

  #renew(now: number): void {
    const over = this.#window
    if (over === null || over.endsAt > now) return
    const { limit, backgroundQuota: share, lengthMs } = over
    const endsAt = now + lengthMs
    if (this.#published) {
      // What is under way, or ended without an answer, may be counted by the new window.
      const used = this.inFlight + this.#lost
      this.#lost = 0
      const counted = { used, backgroundUsed: this.#looksUnderWay, unverifiedUsed: this.#unprovenUnderWay }
      this.#window = new RateLimitWindow({
        limit,
        backgroundQuota: share,
        ...counted,
        endsAt,
        lengthMs,
        isConfirmed: false,
      })
      return
    }
    if (now - this.#refusals.lastRateLimitedAt > FORGET_WINDOWS * lengthMs) this.#forget()
    else
      this.#window = new RateLimitWindow({
        limit,
        backgroundQuota: share * GROWTH,
        endsAt,
        lengthMs,
        isConfirmed: true,
      })
  }
}
