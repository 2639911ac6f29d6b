import type { Logger } from 'pino'
import { type RoomStateVersion, type RoomView, roomViews } from '../../cursor/room-state-version.ts'
import type { ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { AccountPoller } from './account-poller.ts'
import { findExpiredAuthorization } from './authorization.ts'
import type { PendingSubscribers } from './pending-subscribers.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'

export interface RoomStateReaderOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly log: Logger
  /** The account poller that reports changes of the room; null where the account has none. */
  readonly accountPoller: AccountPoller | null
  readonly states: RoomStateTracker
  /** Those who have the room, and those who wait to be let in. */
  readonly subscribers: ReadonlySet<Subscriber>
  readonly pendingSubscribers: PendingSubscribers
  /** Aborts when nobody watches the room any more. */
  readonly signal: AbortSignal
  /** The cursor of a subscriber that has received everything, and knows this state. */
  readonly cursorWith: (room: RoomStateVersion) => string
  /** A read is over, answered or not. */
  readonly onRead: () => void
  /** Nothing may be sent before the room's messages were read again: somebody was granted the room too long ago. */
  readonly requestPoll: () => void
}

/** The state of a view that may be sent, and the one event that carries it to all subscribers of the view. */
interface CurrentState {
  readonly mark: RoomStateVersion
  readonly event: () => RoomEvent
}

/**
 * Reads one watched room's state when it may have changed, never per poll of a quiet room, and sends it to the subscribers
 * that do not know it. A read that fails is repeated until it succeeds.
 */
export class RoomStateReader {
  readonly #options: RoomStateReaderOptions

  constructor(options: RoomStateReaderOptions) {
    this.#options = options
  }

  /** Milliseconds until a read is due that somebody needs; Infinity where none is. */
  get waitMs(): number {
    const waits = roomViews.map((view) => {
      const ms = this.#waitMs(view)
      return Number.isFinite(ms) && this.#readerOf(view) ? ms : Number.POSITIVE_INFINITY
    })
    return Math.min(...waits)
  }

  /** Reads what is due. */
  startDueReads(): void {
    for (const view of roomViews) {
      if (this.#waitMs(view) > 0) continue
      const caller = this.#readerOf(view)
      if (caller) void this.#read(view, caller)
    }
  }

  /** Sends the room to each subscriber that does not know its current state. */
  deliver(): void {
    const { subscribers: watchers, requestPoll } = this.#options
    const current = roomViews.flatMap((view) => this.#currentOf(view))
    if (current.length === 0) return
    if (findExpiredAuthorization(watchers)) {
      requestPoll()
      return
    }
    for (const watcher of [...watchers]) {
      const state = current.find(({ mark }) => mark.view === watcher.view)
      if (state && watcher.needsRoomState(state.mark)) watcher.deliverRoomState(state.event(), state.mark)
    }
  }

  #currentOf(view: RoomView): readonly CurrentState[] {
    const { adapter, roomId, states, cursorWith } = this.#options
    const { known, isCurrent } = states.inView(view)
    const { version: mark, room } = known
    if (!room || !mark || !isCurrent) return []
    let made: RoomEvent | null = null
    const event = (): RoomEvent => {
      const change = { type: 'RoomUpdated' } as const
      made ??= { provider: adapter.name, roomId, cursor: cursorWith(mark), change, room }
      return made
    }
    return [{ mark, event }]
  }

  /** Where room reads are scarce nobody reads the room without a suspicion. */
  #waitMs(view: RoomView): number {
    const { adapter, accountPoller: digest, states } = this.#options
    const isScarce = adapter.isRoomReadScarce(view)
    const since = isScarce ? Number.NEGATIVE_INFINITY : Math.max(0, digest?.reliableSince ?? 0)
    return states.inView(view).waitMs(since)
  }

  /**
   * Whose credential reads for a view; null where nobody of that view follows the room's state. Operators share the
   * account's credential, so one that is still to be let in can read too; a visitor's is the provider's to judge first.
   */
  #readerOf(view: RoomView): Caller | null {
    const { subscribers: watchers, pendingSubscribers: lobby } = this.#options
    const isReader = (watcher: Subscriber) => watcher.wantsRoomState && watcher.view === view
    for (const watcher of watchers) if (isReader(watcher)) return watcher.caller
    return view === 'OPERATOR' ? (lobby.subscribers.find(isReader)?.caller ?? null) : null
  }

  async #read(view: RoomView, caller: Caller): Promise<void> {
    const { adapter, roomId, states, signal, log, onRead } = this.#options
    const read = states.inView(view).onReadStarted()
    try {
      const [room = null] = await adapter.getRooms([roomId], { caller, signal, log, priority: 'background' })
      if (signal.aborted) return
      if (room instanceof ChatError) throw room
      if (room === null) throw notFound('room', adapter.name)
      states.onRead(view, read, room)
    } catch (error) {
      if (signal.aborted) return
      const failure = error instanceof ChatError ? error : null
      states.inView(view).onReadFailed(failure?.retryAfterMs ?? 0)
      const about = { provider: adapter.name, roomId, ...(failure ? { code: failure.code } : { err: error }) }
      log[failure ? 'warn' : 'error'](about, 'reading the state of a room failed; it is read again')
    }
    onRead()
  }
}
