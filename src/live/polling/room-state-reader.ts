import type { Logger } from 'pino'
import type { RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { RoomEvent } from '../../domain/events.ts'
import { type RoomView, roomViews } from '../../domain/room-view.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { AccountPoller } from './account-poller.ts'
import { logPollFailure } from './poll-failure-log.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

export interface RoomStateReaderOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly log: Logger
  /** The account poller that reports changes of the room; null where the account has none. */
  readonly accountPoller: AccountPoller | null
  readonly states: RoomStateTracker
  readonly subscribers: RoomSubscribers
  /** Aborts when the room has no subscribers any more. */
  readonly signal: AbortSignal
  /** The cursor of a subscriber that has received everything and knows this state. */
  readonly cursorWith: (roomState: RoomStateVersion) => string
  /** Called when a read has succeeded or failed. */
  readonly onRead: () => void
  /** Called when nothing can be delivered before the room's messages are read again, because an authorization has expired. */
  readonly requestPoll: () => void
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
      if (caller) void this.#read(view, caller)
    }
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

  /** Where room reads are scarce, the room is read only when a change is suspected. */
  #waitMs(view: RoomView): number {
    const { adapter, accountPoller, states } = this.#options
    const isScarce = adapter.isRoomReadScarce(view)
    const since = isScarce ? Number.NEGATIVE_INFINITY : Math.max(0, accountPoller?.reliableSince ?? 0)
    return states.inView(view).waitMs(since)
  }

  /**
   * The caller that reads for a view; null where no subscriber of the view wants the room's state. Operators share the
   * account's credential, so a pending one can read too; a visitor must be authorized by the provider first.
   */
  #callerFor(view: RoomView): Caller | null {
    const { active, pending } = this.#options.subscribers
    const canRead = (subscriber: Subscriber) => subscriber.wantsRoomState && subscriber.view === view
    for (const subscriber of active) if (canRead(subscriber)) return subscriber.caller
    return view === 'OPERATOR' ? (pending.subscribers.find(canRead)?.caller ?? null) : null
  }

  async #read(view: RoomView, caller: Caller): Promise<void> {
    const { adapter, roomId, states, signal, log, onRead } = this.#options
    const read = states.inView(view).onReadStarted()
    try {
      const call = { caller, signal, log, priority: 'background' } as const
      const [room = null] = await adapter.getRooms([roomId], call)
      if (signal.aborted) return
      if (room instanceof ChatError) throw room
      if (room === null) throw notFound('room', adapter.name)
      states.onRead(view, read, room)
    } catch (error) {
      if (signal.aborted) return
      states.inView(view).onReadFailed(error instanceof ChatError ? (error.retryAfterMs ?? 0) : 0)
      const fields = { provider: adapter.name, roomId }
      logPollFailure(log, error, fields, 'room state read failed; it will be retried')
    }
    onRead()
  }
}
