import type { LimitDivision, PermitLender } from '../../domain/limit-division.ts'
import { CurrentPublishedWindow } from './published-window.ts'
import { RateLimitBackoff } from './rate-limit-backoff.ts'
import type { PublishedWindow, RateLimitInfo } from './rate-limit-headers.ts'
import { type QuotaShare, RateLimitWindow } from './rate-limit-window.ts'
import type { ServerClock } from './server-clock.ts'
import { SlidingCounter } from './sliding-counter.ts'

/** A request that was sent and is not finished. */
export interface InFlightRequest {
  readonly share: QuotaShare
  readonly sentAt: number
  readonly isUpload: boolean
  /** Requests of the route that were finished when it was sent: the server has certainly counted those. */
  readonly completedBefore: number
}

/** A window is assumed to end this much later than published: clocks tick in milliseconds and timers fire early. */
const WINDOW_MARGIN_MS = 5
/** No provider has longer windows: a header with more means something else. */
const MAX_WINDOW_MS = 3_600_000

/** Two processes may learn the end of one window up to this much apart. */
const LOAN_MARGIN_MS = 1_000

/** Length of the windows of an unpublished limit; longer, up to the maximum, if a rate-limit response asks for it. */
const ESTIMATED_WINDOW_MS = 10_000
const MAX_ESTIMATED_WINDOW_MS = 60_000
/** Each window raises an estimated quota by this factor, which doubles it in 35 windows. */
const QUOTA_GROWTH = 1.02
/** An estimate without a rate-limit response for this many windows is dropped: polls that need more would have met one. */
const WINDOWS_UNTIL_DROPPED = 60

/** The division of a process that no other one is counted with. */
const undivided: LimitDivision = {
  partOf: ({ limit }) => limit,
  onUsed() {},
  offer() {},
  borrow: () => false,
  isLoanExpected: () => false,
  borrowed: () => 0,
}

/** The name of a limit, and how it is divided if it is published: not at all by default. */
export interface RouteRateLimitOptions {
  readonly rateLimitKey: string
  readonly division?: LimitDivision | undefined
}

/**
 * What is known about one rate limit of a provider: published in its responses, or estimated from its rate-limit
 * responses. Decides when a request may be sent. Other processes may be counted under the same limit: a published one is
 * divided, and an estimate is what the others leave, because each process learns its own. Times are milliseconds of a
 * monotonic clock.
 */
export class RouteRateLimit {
  readonly #clock: ServerClock
  readonly #rateLimitKey: string
  readonly #division: LimitDivision
  readonly #counter = new SlidingCounter()
  readonly #backoff = new RateLimitBackoff()
  readonly #newest = new CurrentPublishedWindow()
  #window: RateLimitWindow | null = null
  /** The requests that are left to other processes, each until its window has certainly ended. */
  #lent: readonly { readonly count: number; readonly until: number }[] = []
  #lastPollAt = Number.NEGATIVE_INFINITY
  #isPublished = false
  #hasResponse = false
  /** After a rate-limit response without a published window, one request probes whether the backoff was enough. */
  #isProbing = false
  #started = 0
  #completed = 0
  #backgroundInFlight = 0
  #uploadsInFlight = 0
  #unverifiedInFlight = 0
  /** Requests without a response since the window was renewed: the next window may have counted them. */
  #unanswered = 0

  constructor(clock: ServerClock, { rateLimitKey, division = undivided }: RouteRateLimitOptions) {
    this.#clock = clock
    this.#rateLimitKey = rateLimitKey
    this.#division = division
  }

  /**
   * Milliseconds until a request of this share may be sent; Infinity until a request in flight has its response. An upload
   * is not waited for: it has its response when its client has sent the whole file.
   */
  waitMs(share: QuotaShare, now: number): number {
    const backoffMs = this.#backoff.waitMs(share, now)
    if (backoffMs > 0) return backoffMs
    this.#renewWindow(now)
    const isUncertain =
      this.#isProbing || this.isBeforeFirstResponse || (share !== 'interactive' && !this.#isKnown)
    if (isUncertain && this.inFlight > this.#uploadsInFlight) return Number.POSITIVE_INFINITY
    return this.#window?.waitMs(share, now) ?? 0
  }

  /** Estimated milliseconds until the last of this many polls is sent. */
  backgroundDelayMs(polls: number, now: number): number {
    const backoffMs = this.#backoff.waitMs('background', now)
    if (this.#window === null) return backoffMs
    const { endsAt, lengthMs, backgroundQuota, backgroundLeft } = this.#window
    const untilEndMs = Math.max(0, endsAt - now)
    const inWindow = Math.max(0, backgroundLeft)
    if (polls <= inWindow) return Math.max(backoffMs, (untilEndMs * polls) / inWindow)
    return Math.max(backoffMs, untilEndMs) + ((polls - inWindow) / Math.floor(backgroundQuota)) * lengthMs
  }

  /** Whether no request has had a response yet, so that nothing is known. */
  get isBeforeFirstResponse(): boolean {
    return !this.#hasResponse
  }

  /** Number of requests that were sent and are not finished. */
  get inFlight(): number {
    return this.#started - this.#completed
  }

  /** Whether only the interactive reserve of a published limit is left. */
  isOnlyReserveLeft(now: number): boolean {
    this.#renewWindow(now)
    return this.#window?.isOnlyReserveLeft ?? false
  }

  /** Interactive requests per window, with those that others may lend now. */
  get limit(): number {
    if (this.#window === null) return Number.POSITIVE_INFINITY
    return this.#window.part + (this.isLoanExpected ? this.#window.leftOfLimit : 0)
  }

  /** Requests of this process's part that it does not need as far as it knows: it has polls if it has polled lately. */
  sparePermits(now: number): number {
    this.#renewWindow(now)
    if (!this.#isPublished || this.#window === null) return 0
    const { ownLeft, backgroundLeft, lengthMs } = this.#window
    const forPolls = now - this.#lastPollAt < lengthMs ? Math.max(0, backgroundLeft) : 0
    return Math.max(0, Math.floor(ownLeft) - forPolls)
  }

  /**
   * Leaves up to `count` requests to another process, in the window that ends at `resetAt` of the server's clock. They count as
   * used here until that window has certainly ended, also where this process has seen no response in it.
   */
  lend(count: number, resetAt: number, now: number): ReturnType<PermitLender['lend']> {
    const forMs = this.#clock.latestLocalTime(resetAt, now) + LOAN_MARGIN_MS - now
    const lent = Math.min(count, this.sparePermits(now))
    if (lent < 1 || forMs <= LOAN_MARGIN_MS || forMs > MAX_WINDOW_MS || this.#newest.isAfter(resetAt))
      return null
    this.#lent = [...this.#lent, { count: lent, until: now + forMs }]
    return { count: lent, forMs }
  }

  /**
   * Asks other processes for what `count` interactive requests need, which this process's part does not admit before the window
   * ends. Returns whether some of it may come soon.
   */
  borrow(count: number, now: number): boolean {
    this.#renewWindow(now)
    const { resetAt } = this.#newest
    const window = this.#window
    if (!this.#isPublished || window?.isConfirmed !== true || resetAt === null) return false
    if (this.#backoff.waitMs('interactive', now) > 0 || window.leftOfLimit < 1) return false
    const end = { rateLimitKey: this.#rateLimitKey, resetAt, endsInMs: window.endsAt - now }
    return this.#division.borrow(end, Math.min(count, window.leftOfLimit))
  }

  /** Whether an answer to `borrow` may come soon. */
  get isLoanExpected(): boolean {
    return this.#division.isLoanExpected(this.#rateLimitKey)
  }

  /** Counts a request that is sent now. */
  start(share: QuotaShare, now: number, isUpload: boolean): InFlightRequest {
    const request = { share, isUpload, sentAt: now, completedBefore: this.#completed }
    this.#started += 1
    this.#countInFlight(request, 1)
    this.#window?.use(share, now)
    if (share === 'background') this.#lastPollAt = now
    this.#reportUse(now)
    this.#counter.add(now)
    return request
  }

  /** Counts a finished request and learns from its response; `info` is null without a response. */
  complete(request: InFlightRequest, info: RateLimitInfo | null, now: number): void {
    this.#completed += 1
    this.#countInFlight(request, -1)
    if (!info) {
      this.#unanswered += 1
      return
    }
    this.#hasResponse = true
    this.#clock.observe(info.serverTime, request.sentAt, now)
    const isPublished =
      info.window !== null && this.#applyPublished(info.window, request, info.serverTime, now)
    if (info.isRateLimited) this.#applyRateLimited(request, info, isPublished, now)
    else if (request.sentAt > this.#backoff.lastRateLimitedAt) this.#applyAccepted(info)
  }

  #countInFlight({ share, isUpload }: InFlightRequest, by: 1 | -1): void {
    if (isUpload) this.#uploadsInFlight += by
    if (share === 'background') this.#backgroundInFlight += by
    if (share === 'unverified') this.#unverifiedInFlight += by
  }

  get #isKnown(): boolean {
    return this.#window?.isConfirmed ?? this.#hasResponse
  }

  #applyAccepted({ isSuccess, window }: RateLimitInfo): void {
    this.#isProbing = false
    this.#backoff.reset()
    if (this.#window === null || this.#window.isConfirmed || window !== null) return
    // The first response of a new window publishes none: the provider's limiter was switched off.
    if (isSuccess) this.#dropWindow()
  }

  #dropWindow(): void {
    this.#window = null
    this.#isPublished = false
  }

  /**
   * Applies a published window; returns false if it cannot be one. The limit of a window that is over also holds for
   * the next ones. A late response that describes an older window than the newest is ignored.
   */
  #applyPublished(
    published: PublishedWindow,
    request: InFlightRequest,
    serverTime: number,
    now: number,
  ): boolean {
    const { limit, remaining } = published
    const endsAt = this.#clock.latestLocalTime(published.resetAt, now) + WINDOW_MARGIN_MS
    if (endsAt - now > MAX_WINDOW_MS) return false
    const known = this.#isPublished && this.#window?.limit === limit ? this.#window : null
    const used = limit - remaining
    if (known && this.#newest.isCurrent(published)) {
      if (known.isConfirmed || endsAt > now) known.confirm(endsAt, used)
    } else if (known === null || !this.#newest.isStale(published, request.sentAt)) {
      this.#newest.replace(published, serverTime, endsAt - request.sentAt, now)
      this.#isPublished = true
      this.#window = this.#createPublishedWindow(request, { limit, used, endsAt }, known)
      this.#reportUse(now)
    }
    return true
  }

  #createPublishedWindow(
    { share, sentAt, completedBefore }: InFlightRequest,
    { limit, used, endsAt }: { readonly limit: number; readonly used: number; readonly endsAt: number },
    known: RateLimitWindow | null,
  ): RateLimitWindow {
    // The server may yet count the requests that were in flight together with this one, and all may be polls.
    const concurrent = this.#started - completedBefore - 1
    const isBackground = share === 'background'
    const unconfirmed = known?.isConfirmed === false ? known : null
    return new RateLimitWindow({
      ...this.#dividedLimit(limit, this.#newest.lengthMs),
      used: used + concurrent,
      ownUsed: unconfirmed?.ownUsed ?? concurrent + 1,
      backgroundUsed: unconfirmed?.backgroundUsed ?? concurrent + (isBackground ? 1 : 0),
      ...(isBackground && { lastBackgroundAt: sentAt }),
      unverifiedUsed:
        unconfirmed?.unverifiedUsed ?? this.#unverifiedInFlight + (share === 'unverified' ? 1 : 0),
      endsAt,
      isConfirmed: true,
    })
  }

  #dividedLimit(limit: number, lengthMs: number) {
    const published = { rateLimitKey: this.#rateLimitKey, limit, windowMs: lengthMs }
    return {
      limit,
      lengthMs,
      part: () => this.#division.partOf(published),
      lent: () => this.#lentCount,
      borrowed: () => this.#borrowedCount,
    }
  }

  get #lentCount(): number {
    return this.#lent.reduce((sum, { count }) => sum + count, 0)
  }

  /** Only a window that a response has confirmed is certainly the one of a loan. */
  get #borrowedCount(): number {
    const { resetAt } = this.#newest
    if (resetAt === null || this.#window?.isConfirmed !== true) return 0
    return this.#division.borrowed(this.#rateLimitKey, resetAt)
  }

  #reportUse(now: number): void {
    if (!this.#isPublished || !this.#window) return
    const { limit, lengthMs: windowMs, ownUsed, endsAt } = this.#window
    const published = { rateLimitKey: this.#rateLimitKey, limit, windowMs }
    this.#division.onUsed(published, ownUsed, endsAt - now + windowMs)
  }

  /** A published limit stays known if the rate-limit response publishes none: a proxy in front may have sent it. */
  #applyRateLimited(
    request: InFlightRequest,
    { retryAfterMs, window }: RateLimitInfo,
    isPublished: boolean,
    now: number,
  ): void {
    const waitMs = retryAfterMs ?? (isPublished ? 0 : null)
    const { isNewSeries, isRecurring } = this.#backoff.recordRateLimited(request, waitMs, now)
    if (!isPublished) {
      this.#isProbing = true
      const hasEstimate = this.#window !== null
      if (!this.#isPublished && (hasEstimate ? isNewSeries : isRecurring))
        this.#estimateWindow(retryAfterMs, now)
    } else if (window && this.#window?.isConfirmed && this.#newest.isCurrent(window)) {
      this.#window.confirm(this.#window.endsAt, this.#window.limit)
    }
  }

  /** Estimates a background quota: half of the requests that were too many. */
  #estimateWindow(retryAfterMs: number | null, now: number): void {
    const lengthMs = Math.min(Math.max(retryAfterMs ?? 0, ESTIMATED_WINDOW_MS), MAX_ESTIMATED_WINDOW_MS)
    const backgroundQuota = Math.max(1, this.#counter.countInLast(lengthMs, now) / 2)
    if (retryAfterMs === null) this.#backoff.pauseBackground(now + lengthMs)
    const endsAt = now + this.#backoff.waitMs('background', now) + lengthMs
    const limit = Number.POSITIVE_INFINITY
    this.#window = new RateLimitWindow({ limit, backgroundQuota, endsAt, lengthMs, isConfirmed: true })
  }

  /** Replaces a window that is over, and forgets the loans of such windows. */
  #renewWindow(now: number): void {
    if (this.#lent.length > 0) this.#lent = this.#lent.filter(({ until }) => until > now)
    const ended = this.#window
    if (ended === null || ended.endsAt > now) return
    const { limit, backgroundQuota, lengthMs } = ended
    const next = { limit, lengthMs, endsAt: now + lengthMs }
    if (this.#isPublished) {
      // The new window may count the requests that are in flight, or ended without a response.
      const used = this.inFlight + this.#unanswered
      this.#unanswered = 0
      const backgroundUsed = this.#backgroundInFlight
      const unverifiedUsed = this.#unverifiedInFlight
      const counted = { used, ownUsed: used, backgroundUsed, unverifiedUsed }
      const divided = this.#dividedLimit(limit, lengthMs)
      this.#window = new RateLimitWindow({ ...next, ...divided, ...counted, isConfirmed: false })
    } else if (now - this.#backoff.lastRateLimitedAt > WINDOWS_UNTIL_DROPPED * lengthMs) {
      this.#dropWindow()
    } else {
      const grownQuota = backgroundQuota * QUOTA_GROWTH
      this.#window = new RateLimitWindow({ ...next, backgroundQuota: grownQuota, isConfirmed: true })
    }
  }
}
