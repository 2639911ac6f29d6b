import { randomUUID } from 'node:crypto'
import type { LiveLog } from '../../coordination/live-log.ts'
import type { LogAppend, LogContents, LogEntry } from '../../coordination/live-log-store.ts'
import type { LogMember, LogMembership, LogRole } from '../../coordination/log-membership.ts'
import { FIRST_POSITION, type Room } from '../../domain/model.ts'
import { type RoomView, roomViews } from '../../domain/room-view.ts'
import type { LoggedEvent } from '../changes/event-log.ts'
import type { LoggedPosition, Timeline } from '../changes/timeline.ts'
import { EMPTY_WATERMARK } from '../changes/watermark.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import {
  decodeRoomLogEntry,
  decodeRoomLogSnapshot,
  encodeRoomLogEntry,
  encodeRoomLogSnapshot,
  type RoomLogEntry,
  type RoomStateEntry,
} from '../replication/room-log-entry.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

/** After so many entries, or so many milliseconds, the holder saves a snapshot with the next entries. */
const SNAPSHOT_ENTRIES = 100
const SNAPSHOT_INTERVAL_MS = 60_000
/** A holder appends what it has delivered within milliseconds, on a busy machine within seconds; to start without that may cost a gap. */
const MAX_CATCH_UP_MS = 3_000
/** The pauses before its queries, and before all further ones: a cursor can name a position that does not exist. */
const CATCH_UP_PAUSES_MS = [0, 50, 100, 200]
const FURTHER_CATCH_UP_PAUSE_MS = 400
/** Entries that can wait for an authorization; beyond that the follower continues from the snapshot. */
const MAX_HELD = 1_000

export interface RoomReplicationOptions {
  /** Null where nothing is shared. */
  readonly liveLog: LiveLog | null
  /** The name of the room's log. */
  readonly name: string
  readonly timeline: Timeline
  readonly states: RoomStateTracker
  readonly subscribers: RoomSubscribers
  /** Another process reads the provider from now on. */
  readonly onFollowing: () => void
  /** This process reads the provider from now on; what happened before may not be known. */
  readonly onReading: () => void
  /** Hints of other processes to this one, which reads the room, may have been lost. */
  readonly onHintsMissed: () => void
  /** Another process has read the room's state. Returns when this one asked for it (`performance.now()`); null where it did not. */
  readonly onStateShared: (entry: RoomStateEntry) => number | null
  /** This process, which has followed another one, reads the room from now on. */
  readonly onTakeOver: () => void
  /** A change of another process suggests that the room's own state has changed. */
  readonly onRoomSuspected: () => void
  /** Entries of another process were delivered. */
  readonly onDelivered: () => void
  /** Entries wait until an authorization is renewed. */
  readonly onUnauthorized: () => void
}

/** An entry with its position. */
interface PositionedEntry extends Pick<LogEntry, 'epoch' | 'sequence'> {
  readonly entry: RoomLogEntry
}

/**
 * One room's part in the shared log. The process that holds the log reads the provider, and logs what it delivers; all others
 * deliver what is logged. Where nothing is shared, or the database is away, this process reads by itself.
 */
export class RoomReplication implements LogMember {
  readonly #options: RoomReplicationOptions
  readonly #membership: LogMembership | null
  /** Null until it is known. */
  #role: LogRole | null = null
  #held: PositionedEntry[] = []
  /** Ends with the next query for what the holder has logged. */
  #receiving: Promise<void> | null = null
  #unsaved = 0
  #savedAt = Number.NEGATIVE_INFINITY

  constructor(options: RoomReplicationOptions) {
    this.#options = options
    this.#membership = options.liveLog?.join(options.name, this) ?? null
  }

  /** Whether another process reads the room. */
  get isFollower(): boolean {
    return this.#role === 'FOLLOWER'
  }

  /** Whether this process reads the room for all. */
  get isHolder(): boolean {
    return this.#role === 'HOLDER'
  }

  /** Whether all hints of other processes arrive here, in order: while nothing is shared, they do not. */
  get receivesAllHints(): boolean {
    return this.#membership === null || this.isHolder
  }

  /** Resolves when the role of this process is known; immediately after the first time. */
  async attach(): Promise<void> {
    await this.#membership?.attach()
  }

  /**
   * Receives what the holder has logged up to these subscribers' cursors: they come from another process, which may have
   * delivered more than has arrived here; and waits for what the holder reads first, so that they start with positions of the
   * log. Gives up after three seconds, or when the query of that moment ends.
   */
  async catchUp(subscribers: readonly Subscriber[]): Promise<void> {
    const { timeline } = this.#options
    const sequences = subscribers.map(({ start }) =>
      'after' in start ? (start.after.logPosition?.sequence ?? 0) : 0,
    )
    const isBehind = () =>
      this.isFollower && (!timeline.isStarted || Math.max(0, ...sequences) > timeline.endSequence)
    const deadline = performance.now() + MAX_CATCH_UP_MS
    for (let query = 0; isBehind(); query += 1) {
      const pauseMs = CATCH_UP_PAUSES_MS.at(query) ?? FURTHER_CATCH_UP_PAUSE_MS
      await this.#receiveAfter(Math.min(pauseMs, Math.max(0, deadline - performance.now())))
      if (performance.now() >= deadline) return
    }
  }

  /** Receives after a pause what the holder has logged. All that wait meanwhile share the query. */
  #receiveAfter(pauseMs: number): Promise<void> {
    this.#receiving ??= new Promise<void>((resolve) => setTimeout(resolve, pauseMs)).then(() => {
      this.#receiving = null
      return this.#membership?.receiveNow()
    })
    return this.#receiving
  }

  /** Logs events that this process has detected. */
  log(events: readonly LoggedEvent[]): void {
    if (this.#role !== 'HOLDER') return
    this.#append(
      events.map(({ change, logPosition }) => ({
        sequence: logPosition.sequence,
        content: encodeRoomLogEntry({ type: 'Change', ...change }),
      })),
    )
  }

  /** Logs the room's own state, which was read for a view after these questions of followers, and is current. */
  logRoomState(view: RoomView, room: Room, answers: readonly string[]): void {
    if (this.#role !== 'HOLDER') return
    const { sequence } = this.#options.timeline.advance()
    this.#append([{ sequence, content: encodeRoomLogEntry({ type: 'RoomState', view, room, answers }) }])
  }

  /** The room was read: what is known can be continued from, if it was not saved yet. */
  onRead(): void {
    if (this.#role === 'HOLDER' && this.#savedAt === Number.NEGATIVE_INFINITY) this.#append([])
  }

  /** Delivers the entries that have waited for an authorization, where they may be delivered now. */
  deliverHeld(): void {
    const { subscribers, timeline, states, onStateShared, onRoomSuspected } = this.#options
    if (this.#held.length === 0) return
    if (subscribers.expiredAuthorization) {
      this.#options.onUnauthorized()
      return
    }
    const receivedAt = performance.now()
    for (const { entry, epoch, sequence } of this.#held.splice(0)) {
      const logPosition = { epoch, sequence }
      if (entry.type === 'RoomState') {
        timeline.advanceTo(logPosition)
        states.onShared(entry.view, entry.room, onStateShared(entry))
      } else {
        const result = timeline.applyLogged({ change: entry, logPosition }, receivedAt)
        if (result.suggestsRoomChange) onRoomSuspected()
        subscribers.deliver(result)
      }
    }
    this.#options.onDelivered()
  }

  leave(): void {
    this.#membership?.leave()
  }

  onAttached(role: 'HOLDER' | 'FOLLOWER', epoch: string, contents: LogContents): void {
    const { timeline, subscribers, states } = this.#options
    this.#held = []
    // What this process has delivered by itself is not in the log: its subscribers resume after it like all others.
    const detached = subscribers.detach()
    if (timeline.isStarted) {
      timeline.reset()
      states.reset()
    }
    const isRestored = this.#restore(contents)
    subscribers.reattach(detached)
    if (!isRestored) {
      this.#workUnshared()
      return
    }
    this.#savedAt = contents.snapshot ? performance.now() : Number.NEGATIVE_INFINITY
    if (role === 'HOLDER') {
      timeline.takeOver(epoch)
      if (timeline.isStarted) states.suspectNow()
    }
    // Before a subscriber has started, its own read follows.
    const isFirst = this.#role === null
    this.#role = role
    if (role === 'FOLLOWER') this.#options.onFollowing()
    else if (!isFirst) this.#options.onReading()
  }

  onEntries(entries: readonly LogEntry[]): void {
    const decoded = decodeEntries(entries)
    if (!decoded || this.#held.length + decoded.length > MAX_HELD) {
      this.#workUnshared()
      return
    }
    this.#held.push(...decoded)
    this.deliverHeld()
  }

  onPromoted(epoch: string): void {
    const { timeline, onTakeOver } = this.#options
    timeline.takeOver(epoch, performance.now())
    this.#restartUnstarted()
    onTakeOver()
    this.#role = 'HOLDER'
    // The log may have been erased meanwhile, with its snapshot.
    this.#savedAt = Number.NEGATIVE_INFINITY
    this.#options.onReading()
  }

  onDemoted(): void {
    this.#role = 'FOLLOWER'
    this.#options.onFollowing()
  }

  onAlone(): void {
    const wasFollowing = this.#role === 'FOLLOWER'
    const { timeline } = this.#options
    if (wasFollowing) timeline.takeOver(randomUUID(), performance.now())
    else timeline.setEpoch(randomUUID())
    if (wasFollowing) this.#restartUnstarted()
    this.#role = 'ALONE'
    if (wasFollowing) this.#options.onReading()
  }

  onNoticesMissed(): void {
    this.#options.onHintsMissed()
  }

  createSnapshot(): LogAppend['snapshot'] {
    const { timeline, states } = this.#options
    const { state } = timeline
    if (state === null) return null
    const rooms = Object.fromEntries(
      roomViews.flatMap((view) => {
        const { known, isCurrent } = states.inView(view)
        return known.room && isCurrent ? [[view, known.room] as const] : []
      }),
    )
    const { end, ...rest } = state
    return { ...end, content: encodeRoomLogSnapshot({ ...rest, rooms }) }
  }

  /**
   * Where the former holder had saved nothing, the first read of this process gives no events: subscribers that have started with
   * reads of their own start again with it.
   */
  #restartUnstarted(): void {
    const { timeline, subscribers } = this.#options
    if (!timeline.isStarted) subscribers.reattach(subscribers.detach())
  }

  #append(entries: Parameters<LogMembership['append']>[0]): void {
    this.#unsaved += entries.length
    const isDue =
      this.#unsaved >= SNAPSHOT_ENTRIES || performance.now() - this.#savedAt > SNAPSHOT_INTERVAL_MS
    if (isDue) {
      this.#unsaved = 0
      this.#savedAt = performance.now()
    }
    this.#membership?.append(entries, isDue ? this.createSnapshot() : null)
  }

  /** Returns false where something cannot be read: another version of the gateway may have written it. */
  #restore({ snapshot: saved, entries, changedMsAgo }: LogContents): boolean {
    const { timeline, states } = this.#options
    const decoded = decodeEntries(entries)
    if (!decoded) return false
    if (!saved) return true
    const snapshot = decodeRoomLogSnapshot(saved.content)
    if (!snapshot) return false
    const { messages, from, watermark, rooms } = snapshot
    const { epoch, sequence } = saved
    // Comes first: the events that follow were delivered in these states.
    for (const view of roomViews) {
      const room = rooms[view]
      if (room) states.onShared(view, room, null)
    }
    const earlier = decoded.filter((one) => one.sequence <= sequence)
    timeline.restore(
      {
        messages,
        from: from ?? FIRST_POSITION,
        watermark: watermark ?? EMPTY_WATERMARK,
        end: { epoch, sequence },
      },
      earlier.map(toLoggedPosition),
      performance.now() - (changedMsAgo ?? Number.POSITIVE_INFINITY),
    )
    this.#held = decoded.filter((one) => one.sequence > sequence)
    this.deliverHeld()
    return true
  }

  /** What other processes log cannot be used: this one reads the room by itself from now on. */
  #workUnshared(): void {
    this.#held = []
    this.#membership?.leave()
    this.onAlone()
  }
}

/** Null where an entry cannot be read. */
function decodeEntries(entries: readonly LogEntry[]): readonly PositionedEntry[] | null {
  const decoded: PositionedEntry[] = []
  for (const { epoch, sequence, content } of entries) {
    const entry = decodeRoomLogEntry(content)
    if (entry === null) return null
    decoded.push({ epoch, sequence, entry })
  }
  return decoded
}

function toLoggedPosition({ entry, epoch, sequence }: PositionedEntry): LoggedPosition {
  return { change: entry.type === 'Change' ? entry : null, logPosition: { epoch, sequence } }
}
