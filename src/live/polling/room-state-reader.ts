import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { ChatAdapter } from '../../domain/adapter.ts'
import { type Caller, createOperatorCaller } from '../../domain/caller.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { Room } from '../../domain/model.ts'
import { type RoomView, roomViews } from '../../domain/room-view.ts'
import type { Tracing } from '../../tracing/tracing.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { RoomStateEntry } from '../replication/room-log-entry.ts'
import type { AccountPoller } from './account-poller.ts'
import { logPollFailure } from './poll-failure-log.ts'
import { failureCode, type PollSpan, tracePoll } from './poll-spans.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

export interface RoomStateReaderOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly log: Logger
  /** Records reads as spans; null where tracing is off. */
  readonly tracing: Tracing | null
  /** The account poller that reports changes of the room; null where the account has none. */
  readonly accountPoller: AccountPoller | null
  readonly states: RoomStateTracker
  readonly subscribers: RoomSubscribers
  /** Aborts when the room has no subscribers any more. */
  readonly signal: AbortSignal
  /** Whether a pending subscriber may start without a read, because another process reads the room. */
  readonly isWaitingForLog: (subscriber: Subscriber) => boolean
  /** Whether another process reads the room, and shares its state. */
  readonly isFollower: () => boolean
  /** A follower needs the state in a view from the process that reads the room; `id` names its question. */
  readonly onWanted: (view: RoomView, id: string) => void
  /** The state was read for a view, after these questions of other processes, and nothing suggests that it has changed since. */
  readonly onCurrent: (view: RoomView, room: Room, answers: readonly string[]) => void
  /** The cursor of a subscriber that has received everything and knows this state. */
  readonly cursorWith: (roomState: RoomStateVersion) => string
  /** Called when a read has succeeded or failed. */
  readonly onRead: () => void
  /** Called when nothing can be delivered before the room's messages are read again, because an authorization has expired. */
  readonly requestPoll: () => void
}

/** How long a follower waits for the process that reads the room: to read by itself, and to answer. */
const HOLDER_READ_MS = 2_000
/** How long other processes count as interested in the state after they have asked. */
const INTEREST_MS = 600_000
/** Questions need not be unique for long. */
const QUESTION_BYTES = 9
/** Questions of a view that wait for a read; whoever asked an older one reads by itself meanwhile. */
const MAX_QUESTIONS = 100
const accountCaller = createOperatorCaller('room-state')

/** A follower's wait for the process that reads the room. */
interface HolderWait {
  /** The follower's question, and when it was asked (`performance.now()`); null while the holder should read unasked. */
  readonly question: { readonly id: string; readonly askedAt: number } | null
  /** `performance.now()` */
  readonly until: number
}

/** The state of a view that can be delivered, and the one event that carries it to all subscribers of the view. */
interface CurrentState {
  readonly version: RoomStateVersion
  readonly event: () => RoomEvent
}

/**
 * Reads one room's own state when it may have changed, not with every poll, and delivers it to the subscribers that do not
 * know it. A failed read is repeated until it succeeds.
 */
export class RoomStateReader {
  readonly #options: RoomStateReaderOptions
  /** Until when (`performance.now()`) other processes are interested in a view. */
  readonly #wantedUntil = new Map<RoomView, number>()
  /** The questions of other processes that no read has answered. */
  readonly #questions: Record<RoomView, string[]> = { OPERATOR: [], VISITOR: [] }
  readonly #holderWaits = new Map<RoomView, HolderWait>()

  constructor(options: RoomStateReaderOptions) {
    this.#options = options
  }

  /** Milliseconds until a read is due that a subscriber needs; Infinity where none is. */
  get waitMs(): number {
    const waits = roomViews.map((view) => {
      const ms = this.#waitMs(view)
      return Number.isFinite(ms) && this.#callerFor(view) ? ms : Number.POSITIVE_INFINITY
    })
    return Math.min(...waits)
  }

  startDueReads(): void {
    for (const view of roomViews) {
      if (this.#waitMs(view) > 0) continue
      const caller = this.#callerFor(view)
      if (!caller) continue
      const hasAsked = this.#holderWaits.get(view)?.question != null
      if (this.#options.isFollower() && !hasAsked) this.#askHolder(view)
      else void this.#read(view, caller)
    }
  }

  /** The process that reads the room is asked first; a follower reads by itself if that does not help. */
  #askHolder(view: RoomView): void {
    const askedAt = performance.now()
    const question = { id: randomBytes(QUESTION_BYTES).toString('base64url'), askedAt }
    this.#holderWaits.set(view, { question, until: askedAt + HOLDER_READ_MS })
    this.#options.onWanted(view, question.id)
  }

  /** Another process has read the state. Returns when this one asked for it (`performance.now()`); null where it did not. */
  onShared({ view, answers }: RoomStateEntry): number | null {
    const question = this.#holderWaits.get(view)?.question
    if (!question || !answers.includes(question.id)) return null
    this.#holderWaits.delete(view)
    return question.askedAt
  }

  /** The process that reads the room has shared a change of its state, and reads it if it knows that somebody is interested. */
  expectShared(): void {
    this.#options.states.suspectNow()
    const until = performance.now() + HOLDER_READ_MS
    for (const view of roomViews) {
      if (!this.#holderWaits.has(view)) this.#holderWaits.set(view, { question: null, until })
    }
  }

  /** Subscribers of another process want the state in these views. */
  expectInterest(views: readonly RoomView[]): void {
    for (const view of views) this.#wantedUntil.set(view, performance.now() + INTEREST_MS)
  }

  /** Another process needs the state in a view, and asks with this id. */
  readForOthers(view: RoomView, id: string): void {
    this.expectInterest([view])
    this.#keepQuestions(view, [id])
    this.#options.states.inView(view).markSuspect()
  }

  #keepQuestions(view: RoomView, ids: readonly string[]): void {
    this.#questions[view] = [...this.#questions[view], ...ids].slice(-MAX_QUESTIONS)
  }

  /** Delivers the room to each subscriber that does not know its current state. */
  deliver(): void {
    const { subscribers, requestPoll } = this.#options
    const current = roomViews.flatMap((view) => this.#currentState(view))
    if (current.length === 0) return
    if (subscribers.expiredAuthorization) {
      requestPoll()
      return
    }
    for (const subscriber of [...subscribers.active]) {
      const state = current.find(({ version }) => version.view === subscriber.view)
      if (state && subscriber.needsRoomState(state.version)) {
        subscriber.deliverRoomState(state.event(), state.version)
      }
    }
  }

  #currentState(view: RoomView): readonly CurrentState[] {
    const { adapter, roomId, states, cursorWith } = this.#options
    const { known, isCurrent } = states.inView(view)
    const { version, room } = known
    if (!room || !version || !isCurrent) return []
    let shared: RoomEvent | null = null
    const event = (): RoomEvent => {
      const change = { type: 'RoomUpdated' } as const
      shared ??= { provider: adapter.name, roomId, cursor: cursorWith(version), change, room }
      return shared
    }
    return [{ version, event }]
  }

  /**
   * Where room reads are scarce, the room is read only when a change is suspected. So it is at a follower: the process that reads
   * the room knows which views are wanted.
   */
  #waitMs(view: RoomView): number {
    const { adapter, accountPoller, states } = this.#options
    const isOnSuspicion = adapter.isRoomReadScarce(view) || this.#options.isFollower()
    const since = isOnSuspicion ? Number.NEGATIVE_INFINITY : Math.max(0, accountPoller?.reliableSince ?? 0)
    const waitMs = states.inView(view).waitMs(since)
    if (waitMs === Number.POSITIVE_INFINITY) this.#holderWaits.delete(view)
    const wait = this.#options.isFollower() ? this.#holderWaits.get(view) : undefined
    return wait ? Math.max(waitMs, wait.until - performance.now()) : waitMs
  }

  /**
   * The caller that reads for a view; null where no subscriber of the view wants the room's state. Operators share the
   * account's credential, so a pending one can read too; a visitor must be authorized by the provider first.
   */
  #callerFor(view: RoomView): Caller | null {
    const { active, pending } = this.#options.subscribers
    const canRead = (subscriber: Subscriber) => subscriber.wantsRoomState && subscriber.view === view
    const mayRead = (subscriber: Subscriber) =>
      canRead(subscriber) && !this.#options.isWaitingForLog(subscriber)
    for (const subscriber of active) if (canRead(subscriber)) return subscriber.caller
    const waiting = view === 'OPERATOR' ? pending.subscribers.find(mayRead) : null
    const isWanted = (this.#wantedUntil.get(view) ?? 0) > performance.now()
    return waiting?.caller ?? (isWanted ? this.#callerForOthers(view) : null)
  }

  /** Operators read as the service account, which all processes have. */
  #callerForOthers(view: RoomView): Caller | null {
    if (view === 'OPERATOR') return accountCaller
    return (
      [...this.#options.subscribers.active].find((subscriber) => subscriber.view === view)?.caller ?? null
    )
  }

  #read(view: RoomView, caller: Caller): Promise<void> {
    const { tracing, adapter } = this.#options
    const traced = { target: 'room state', provider: adapter.name } as const
    return tracePoll(tracing, traced, (span) => this.#readTraced(view, caller, span))
  }

  async #readTraced(view: RoomView, caller: Caller, span: PollSpan): Promise<void> {
    const { adapter, roomId, states, signal, log } = this.#options
    const state = states.inView(view)
    const read = state.onReadStarted()
    const questions = this.#questions[view].splice(0)
    this.#holderWaits.delete(view)
    try {
      const call = { caller, signal, log, priority: 'background' } as const
      const [room = null] = await adapter.getRooms([roomId], call)
      if (signal.aborted) return
      if (room instanceof ChatError) throw room
      if (room === null) throw notFound('room', adapter.name)
      states.onRead(view, read, room)
      if (state.isCurrent) this.#options.onCurrent(view, room, questions)
      else this.#keepQuestions(view, questions)
    } catch (error) {
      if (signal.aborted) return
      span?.fail(failureCode(error))
      this.#keepQuestions(view, questions)
      state.onReadFailed(error instanceof ChatError ? (error.retryAfterMs ?? 0) : 0)
      const fields = { provider: adapter.name, roomId }
      logPollFailure(log, error, fields, 'room state read failed; it will be retried')
    }
    this.#options.onRead()
  }
}
