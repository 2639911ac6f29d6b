import type { Caller } from '../../domain/caller.ts'
import type { RoomView } from '../../domain/room-view.ts'
import type { AuthorizedCaller, HolderAnswer, RoomReport } from '../replication/notice.ts'
import { isAuthorizationValid } from './authorization.ts'
import type { LiveState } from './live-state.ts'
import type { RoomNotices } from './room-notices.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

/** How often a follower asks: several times before an authorization expires. */
const ASK_INTERVAL_MS = 15_000
/** Callers of one notice; of an inquiry, the ones whose authorization is oldest. */
const MAX_CALLERS = 50

export interface HolderInquiryOptions {
  readonly subscribers: RoomSubscribers
  readonly notices: RoomNotices
  /** Whether the provider pushes the room to this caller, and so authorizes it now. */
  readonly isPushedTo: (caller: Caller) => boolean
}

/**
 * Asks the process that reads the room, for a follower: which credentials the provider has accepted lately, so that the follower
 * need not verify them itself, and how live the room is. The process that reads the room answers.
 */
export class HolderInquiry {
  readonly #options: HolderInquiryOptions
  #askAt = Number.NEGATIVE_INFINITY
  /** The views that the holder knows to be wanted here. */
  #askedViews: readonly RoomView[] = []
  #answer: { readonly answer: HolderAnswer; readonly receivedAt: number } | null = null

  constructor(options: HolderInquiryOptions) {
    this.#options = options
  }

  /**
   * Milliseconds until the holder is asked again: immediately where it does not know that a view is wanted. Infinity while no
   * subscriber has started.
   */
  get waitMs(): number {
    if (this.#options.subscribers.active.size === 0) return Number.POSITIVE_INFINITY
    const isKnown = this.#wantedViews.every((view) => this.#askedViews.includes(view))
    return isKnown ? Math.max(0, this.#askAt - performance.now()) : 0
  }

  /** The views whose room state subscribers want. */
  get #wantedViews(): readonly RoomView[] {
    const views = new Set<RoomView>()
    for (const { wantsRoomState, view } of this.#options.subscribers.active)
      if (wantsRoomState) views.add(view)
    return [...views]
  }

  /** The source that serves the room at the holder, as it last said; null while it has said nothing. */
  get liveState(): LiveState | null {
    if (this.#answer === null) return null
    const { answer, receivedAt } = this.#answer
    return { source: answer.source, latencyMs: answer.latencyMs, lagMs: performance.now() - receivedAt }
  }

  /** Asks the holder, if it is time. */
  askDue(): void {
    const { subscribers, notices } = this.#options
    if (this.waitMs > 0) return
    this.#askAt = performance.now() + ASK_INTERVAL_MS
    const oldest = [...subscribers.active].sort((a, b) => a.authorizedAt - b.authorizedAt)
    const hashes = new Set<string>()
    for (const { caller } of oldest) if (hashes.size < MAX_CALLERS) hashes.add(notices.hashCaller(caller))
    const callerHashes = [...hashes]
    const wantedViews = this.#wantedViews
    this.#askedViews = wantedViews
    notices.send((log) => ({ type: 'HolderAsked', log, callerHashes, wantedViews }))
  }

  /** Answers as the holder. */
  answer(callerHashes: readonly string[], { source, latencyMs }: LiveState): void {
    const wanted = new Set(callerHashes)
    const authorized = this.#authorizedCallers.filter(({ callerHash }) => wanted.has(callerHash))
    this.#options.notices.send((log) => ({ type: 'HolderAnswer', log, authorized, source, latencyMs }))
  }

  /** What this process, which stops, knows. `currentViews`: the views whose room state it knows as the holder. */
  report(currentViews: readonly RoomView[]): readonly RoomReport[] {
    const authorized = this.#authorizedCallers
    const reports: RoomReport[] = []
    for (let from = 0; from < authorized.length; from += MAX_CALLERS) {
      const some = authorized.slice(from, from + MAX_CALLERS)
      reports.push(...this.#options.notices.report(some, currentViews))
    }
    return reports
  }

  /** The callers of active subscribers. */
  get #authorizedCallers(): readonly AuthorizedCaller[] {
    const { subscribers, notices, isPushedTo } = this.#options
    const ages = new Map<string, number>()
    for (const { caller, authorizedAt } of subscribers.active) {
      const callerHash = notices.hashCaller(caller)
      const ageMs = isPushedTo(caller) ? 0 : performance.now() - authorizedAt
      ages.set(callerHash, Math.min(ageMs, ages.get(callerHash) ?? ageMs))
    }
    return [...ages].map(([callerHash, ageMs]) => ({ callerHash, ageMs: Math.ceil(ageMs) }))
  }

  /** Takes in the holder's answer: these credentials need not be verified for now. */
  onAnswer(answer: HolderAnswer): void {
    const now = performance.now()
    this.#answer = { answer, receivedAt: now }
    const ages = new Map(answer.authorized.map(({ callerHash, ageMs }) => [callerHash, ageMs]))
    for (const subscriber of this.#options.subscribers.active) {
      const ageMs = ages.get(this.#options.notices.hashCaller(subscriber.caller))
      if (ageMs === undefined || !isAuthorizationValid(now - ageMs)) continue
      subscriber.authorizedAt = Math.max(subscriber.authorizedAt, now - ageMs)
    }
  }
}
