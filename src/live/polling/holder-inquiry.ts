import type { Caller } from '../../domain/caller.ts'
import type { HolderAnswer, RoomNotice } from '../replication/notice.ts'
import { isAuthorizationValid } from './authorization.ts'
import type { LiveState } from './live-state.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

/** How often a follower asks: several times before an authorization expires. */
const ASK_INTERVAL_MS = 15_000
/** Callers of one inquiry, the ones whose authorization is oldest. */
const MAX_CALLERS = 50

export interface HolderInquiryOptions {
  readonly subscribers: RoomSubscribers
  /** A keyed hash of a caller's credential, the same in all processes. It does not reveal the credential. */
  readonly hashCaller: (caller: Caller) => string
  /** Whether the provider pushes the room to this caller, and so authorizes it now. */
  readonly isPushedTo: (caller: Caller) => boolean
  readonly send: (noticeOf: (log: string) => RoomNotice) => void
}

/**
 * Asks the process that reads the room, for a follower: which credentials the provider has accepted lately, so that the follower
 * need not verify them itself, and how live the room is. The process that reads the room answers.
 */
export class HolderInquiry {
  readonly #options: HolderInquiryOptions
  #askAt = Number.NEGATIVE_INFINITY
  #answer: { readonly answer: HolderAnswer; readonly receivedAt: number } | null = null

  constructor(options: HolderInquiryOptions) {
    this.#options = options
  }

  /** Milliseconds until the holder is asked again. */
  get waitMs(): number {
    return Math.max(0, this.#askAt - performance.now())
  }

  /** The source that serves the room at the holder, as it last said; null while it has said nothing. */
  get liveState(): LiveState | null {
    if (this.#answer === null) return null
    const { answer, receivedAt } = this.#answer
    return { source: answer.source, latencyMs: answer.latencyMs, lagMs: performance.now() - receivedAt }
  }

  /** Asks the holder, if it is time. */
  askDue(): void {
    const { subscribers, hashCaller, send } = this.#options
    if (this.waitMs > 0 || subscribers.active.size === 0) return
    this.#askAt = performance.now() + ASK_INTERVAL_MS
    const oldest = [...subscribers.active].sort((a, b) => a.authorizedAt - b.authorizedAt)
    const hashes = new Set<string>()
    for (const { caller } of oldest) if (hashes.size < MAX_CALLERS) hashes.add(hashCaller(caller))
    const callerHashes = [...hashes]
    send((log) => ({ type: 'HolderAsked', log, callerHashes }))
  }

  /** Answers as the holder. */
  answer(callerHashes: readonly string[], { source, latencyMs }: LiveState): void {
    const wanted = new Set(callerHashes)
    const ages = new Map<string, number>()
    for (const { caller, authorizedAt } of this.#options.subscribers.active) {
      const callerHash = this.#options.hashCaller(caller)
      const ageMs = this.#options.isPushedTo(caller) ? 0 : performance.now() - authorizedAt
      if (wanted.has(callerHash)) ages.set(callerHash, Math.min(ageMs, ages.get(callerHash) ?? ageMs))
    }
    const authorized = [...ages].map(([callerHash, ageMs]) => ({ callerHash, ageMs }))
    this.#options.send((log) => ({ type: 'HolderAnswer', log, authorized, source, latencyMs }))
  }

  /** Takes in the holder's answer: these credentials need not be verified for now. */
  onAnswer(answer: HolderAnswer): void {
    const now = performance.now()
    this.#answer = { answer, receivedAt: now }
    const ages = new Map(answer.authorized.map(({ callerHash, ageMs }) => [callerHash, ageMs]))
    for (const subscriber of this.#options.subscribers.active) {
      const ageMs = ages.get(this.#options.hashCaller(subscriber.caller))
      if (ageMs === undefined || !isAuthorizationValid(now - ageMs)) continue
      subscriber.authorizedAt = Math.max(subscriber.authorizedAt, now - ageMs)
    }
  }
}
