import { CallMeter } from './call-meter.ts'
import { type CallKind, CallWindow, shareOf } from './call-window.ts'
import type { LimitSigns, PublishedWindow } from './limit-signs.ts'
import { NewestWindow } from './newest-window.ts'
import type { ServerClock } from './server-clock.ts'

/** A call that left, until it is told how it ended. */
export interface CallUnderWay {
  readonly kind: CallKind
  readonly sentAt: number
  /** How many of the route's calls were over when it left: those its server has counted for certain. */
  readonly overBefore: number
}

/** A window is taken to end this much later than it says: clocks tick in milliseconds and timers ring early. */
const MARGIN_MS = 5
/** No window longer than this was ever shipped: a header that says more speaks of something else. */
const LONGEST_WINDOW_MS = 3_600_000

/** The silence after a refusal that names none: doubled with each further one, these longer by up to a half. */
const FIRST_SILENCE_MS = 1_000
const LONGEST_SILENCE_MS = 60_000
/** Where nothing is published, looks are counted by windows of this length, or of the silence asked for up to the longest. */
const GUESSED_WINDOW_MS = 10_000
/** What a window without a refusal adds to the guess: it doubles in six minutes. */
const GROWTH = 1.02
/** A refusal that was not repeated for so long is forgotten. */
const FORGET_MS = 3_600_000

/**
 * What is known of one limit of a provider: published beside its answers, or guessed from its refusals. It decides
 * which call may leave when; times are milliseconds of one clock that never goes back.
 */
export class RouteLimit {
  readonly #clock: ServerClock
  readonly #meter = new CallMeter()
  #window: CallWindow | null = null
  #published = false
  #newest = new NewestWindow()
  #answered = false
  /** Nobody calls before. */
  #silentUntil = Number.NEGATIVE_INFINITY
  /** No look leaves before, unless a person's call was accepted. */
  #noLookUntil = Number.NEGATIVE_INFINITY
  #refusedAt = Number.NEGATIVE_INFINITY
  #refusals = 0
  /** After a refusal that published nothing, one call finds out whether the silence is over. */
  #probing = false
  #sent = 0
  #over = 0
  #looksUnderWay = 0
  /** Calls that ended without an answer since the window was renewed: the next one may have counted them. */
  #lost = 0

  constructor(clock: ServerClock) {
    this.#clock = clock
  }

  /** Milliseconds until a call of this kind may leave; Infinity where a call under way must be answered first. */
  wait(kind: CallKind, now: number): number {
    const silence = this.#silence(kind, now)
    if (silence > 0) return silence
    this.#renew(now)
    const isUnsure = this.#probing || this.isUnheard || (kind === 'background' && !this.#isKnown)
    if (isUnsure && this.underWay > 0) return Number.POSITIVE_INFINITY
    return this.#window?.wait(kind, now) ?? 0
  }

  /** Roughly when the last of so many looks will leave, in milliseconds from now. */
  lag(looks: number, now: number): number {
    const silence = this.#silence('background', now)
    if (this.#window === null) return silence
    const { endsAt, lengthMs, share, looksLeft } = this.#window
    const left = Math.max(0, endsAt - now)
    const inWindow = Math.max(0, looksLeft)
    if (looks <= inWindow) return Math.max(silence, (left * looks) / inWindow)
    return Math.max(silence, left) + ((looks - inWindow) / Math.floor(share)) * lengthMs
  }

  /** Whether no call was ever answered, so that nobody knows anything. */
  get isUnheard(): boolean {
    return !this.#answered
  }

  /** How many calls have left and are not over. */
  get underWay(): number {
    return this.#sent - this.#over
  }

  /** How many people's calls a window takes. */
  get limit(): number {
    return this.#window?.limit ?? Number.POSITIVE_INFINITY
  }

  /** A call leaves now. */
  begin(kind: CallKind, now: number): CallUnderWay {
    const call = { kind, sentAt: now, overBefore: this.#over }
    this.#sent += 1
    if (kind === 'background') this.#looksUnderWay += 1
    this.#window?.take(kind, now)
    this.#meter.add(now)
    return call
  }

  /** A call is over; `signs` is what its answer told, null where there was none. */
  end(call: CallUnderWay, signs: LimitSigns | null, now: number): void {
    this.#over += 1
    if (call.kind === 'background') this.#looksUnderWay -= 1
    if (!signs) {
      this.#lost += 1
      return
    }
    this.#answered = true
    this.#clock.learn(signs.date, call.sentAt, now)
    const isPublished = signs.window !== null && this.#publish(signs.window, call, signs.date, now)
    if (signs.refused) this.#refuse(call, signs, isPublished, now)
    else if (call.sentAt > this.#refusedAt) this.#accept(signs)
  }

  #silence(kind: CallKind, now: number): number {
    const until = kind === 'person' ? this.#silentUntil : Math.max(this.#silentUntil, this.#noLookUntil)
    return Math.max(0, until - now)
  }

  get #isKnown(): boolean {
    return this.#window?.confirmed ?? this.#answered
  }

  #accept({ accepted, window }: LimitSigns): void {
    this.#probing = false
    this.#noLookUntil = Number.NEGATIVE_INFINITY
    if (this.#published) this.#refusals = 0
    if (this.#window === null || this.#window.confirmed || window !== null) return
    // The first answer of what would be a new window publishes none: the limiter was switched off.
    if (accepted) this.#window = null
  }

  /**
   * False for what cannot be a window. The limit of a window that is over holds for those that follow; late answers
   * that tell of one before the newest tell nothing.
   */
  #publish(told: PublishedWindow, call: CallUnderWay, date: number, now: number): boolean {
    const { limit, remaining } = told
    const endsAt = this.#clock.latest(told.resetAt, now) + MARGIN_MS
    if (endsAt - now > LONGEST_WINDOW_MS) return false
    const known = this.#published && this.#window?.limit === limit ? this.#window : null
    const used = limit - remaining
    if (known && this.#newest.isIt(told)) {
      if (known.confirmed || endsAt > now) known.confirm(endsAt, used)
    } else if (known === null || !this.#newest.isAfter(told, call.sentAt)) {
      this.#newest.become(told, date, endsAt - call.sentAt, now)
      this.#published = true
      // What was under way together with this call may be counted yet, and may be looks.
      const beside = this.#sent - call.overBefore - 1
      const isLook = call.kind === 'background'
      this.#window = new CallWindow({
        limit,
        share: shareOf(limit),
        used: used + beside,
        looks: known?.confirmed === false ? known.looks : beside + (isLook ? 1 : 0),
        ...(isLook && { lookedAt: call.sentAt }),
        endsAt,
        lengthMs: this.#newest.lengthMs,
        confirmed: true,
      })
    }
    return true
  }

  #refuse(call: CallUnderWay, { waitMs, window }: LimitSigns, isPublished: boolean, now: number): void {
    // Those under way together were refused for the same reason.
    const isNews = call.sentAt > this.#refusedAt
    if (isNews) this.#refusals += 1
    const silence = waitMs ?? (isPublished ? 0 : backOffMs(this.#refusals))
    if (isNews || waitMs !== null) this.#silentUntil = Math.max(this.#silentUntil, now + silence)
    if (isNews) this.#refusedAt = now
    if (!isPublished) {
      this.#probing = true
      if (waitMs === null) this.#noLookUntil = now + GUESSED_WINDOW_MS
      if (isNews) this.#guess(waitMs ?? 0, now)
    } else if (window && this.#window?.confirmed && this.#newest.isIt(window)) {
      this.#window.confirm(this.#window.endsAt, this.#window.limit)
      this.#silentUntil = Math.max(this.#silentUntil, this.#window.endsAt)
    }
  }

  /** Half of what was done when it was too much. */
  #guess(waitMs: number, now: number): void {
    const lengthMs = Math.min(Math.max(waitMs, GUESSED_WINDOW_MS), LONGEST_SILENCE_MS)
    const share = Math.max(1, this.#meter.inLast(lengthMs, now) / 2)
    const endsAt = now + this.#silence('background', now) + lengthMs
    this.#published = false
    this.#newest = new NewestWindow()
    this.#window = new CallWindow({
      limit: Number.POSITIVE_INFINITY,
      share,
      endsAt,
      lengthMs,
      confirmed: true,
    })
  }

  #renew(now: number): void {
    const over = this.#window
    if (over === null || over.endsAt > now) return
    const { limit, share, lengthMs } = over
    const endsAt = now + lengthMs
    if (this.#published) {
      // What is under way, or ended without an answer, may be counted by the new window.
      const used = this.underWay + this.#lost
      this.#lost = 0
      const looks = this.#looksUnderWay
      this.#window = new CallWindow({ limit, share, used, looks, endsAt, lengthMs, confirmed: false })
      return
    }
    this.#refusals = 0
    const isForgotten = now - this.#refusedAt > FORGET_MS
    const more = share * GROWTH
    this.#window = isForgotten
      ? null
      : new CallWindow({ limit, share: more, endsAt, lengthMs, confirmed: true })
  }
}

function backOffMs(refusals: number): number {
  if (refusals < 2) return FIRST_SILENCE_MS
  const doubled = Math.min(FIRST_SILENCE_MS * 2 ** (refusals - 1), LONGEST_SILENCE_MS)
  return doubled * (1 + Math.random() / 2)
}
