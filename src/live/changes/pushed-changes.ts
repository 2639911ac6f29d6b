import { messageVersion } from '../../cursor/message-version.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import { comparePositions, FIRST_POSITION, type Message } from '../../domain/model.ts'
import type { PushedChange } from '../../domain/push.ts'
import type { DetectedChange } from './detected-change.ts'
import type { RoomSnapshot } from './room-snapshot.ts'
import { isNewer, isSameAge } from './version-order.ts'

/** A pushed change of a room's messages. */
export type PushedMessageChange = Extract<PushedChange, { type: 'Message' | 'MessageDeleted' }>

/** Changes and ids that are remembered of each kind. */
const MAX_REMEMBERED = 1_000

/** A pushed change, and when it arrived. */
export interface ReceivedChange {
  readonly change: PushedMessageChange
  /** `performance.now()`. */
  readonly receivedAt: number
}

/** A read with what it was too old to show. */
export interface CompletedRead {
  readonly read: RecentMessages
  /** Whether it lacked a message that was pushed before it started: it came from a lagging replica, or the message is gone. */
  readonly isContradicted: boolean
}

/**
 * The pushed changes of one room since its last reads. It turns a change into the read that would show it, and completes
 * reads that are too old to show it. Push may repeat, reorder and lose changes; nothing is delivered twice for that.
 */
export class PushedChanges {
  readonly #maxReadLagMs: number
  #received: ReceivedChange[] = []
  /** Messages that are gone: a repetition must not bring them back. */
  readonly #deletedIds = new Set<string>()

  /** A read may not show what was pushed up to `maxReadLagMs` before it started. */
  constructor(maxReadLagMs: number) {
    this.#maxReadLagMs = maxReadLagMs
  }

  /** The messages that were pushed as deleted, or that a read showed to be. */
  get deletedIds(): ReadonlySet<string> {
    return this.#deletedIds
  }

  /**
   * The room as a read would show it with this change. Null where the change shows nothing new: it is known, older than
   * what is known, before the snapshot, or nothing was read yet. UNCLEAR where it is another version of a known message
   * with the same time, so that only a read shows which one is newer.
   */
  apply(
    change: PushedMessageChange,
    snapshot: RoomSnapshot,
    receivedAt: number,
  ): RecentMessages | 'UNCLEAR' | null {
    this.#received.push({ change, receivedAt })
    if (this.#received.length > MAX_REMEMBERED) this.#received.shift()
    const { from, messages } = snapshot
    if (change.type === 'MessageDeleted') {
      remember(this.#deletedIds, change.messageId)
      const known = snapshot.find(change.messageId)
      if (from === null || known === null || known.state === 'DELETED') return null
      return { messages: withoutMessage(messages, change.messageId), from }
    }
    const { message } = change
    if (from === null || this.#deletedIds.has(message.ref.messageId)) return null
    const known = snapshot.find(message.ref.messageId)
    if (known && isSameAge(message, known)) {
      return messageVersion(message) === messageVersion(known) ? null : 'UNCLEAR'
    }
    const isNew = known ? isNewer(message, known) : comparePositions(message.position, from) >= 0
    return isNew ? { messages: withMessage(messages, message), from } : null
  }

  /** Notes what a read has changed: push may be late with it. */
  onRead(changes: readonly DetectedChange[]): void {
    for (const { change } of changes)
      if (change.type === 'MessageDeleted') remember(this.#deletedIds, change.ref.messageId)
  }

  /** Leaves it to reads what is there: nothing that was received completes them. */
  forgetReceived(): void {
    this.#received = []
  }

  /** Notes a change that the next read decides about: `complete` adds it to a read that may be too old to show it. */
  note({ change, receivedAt }: ReceivedChange): void {
    this.#received.push({ change, receivedAt })
    if (this.#received.length > MAX_REMEMBERED) this.#received.shift()
    if (change.type === 'MessageDeleted') remember(this.#deletedIds, change.messageId)
  }

  /** What was pushed before this read, which started then (`performance.now()`), is forgotten: from here on reads decide. */
  forgetBefore(startedAt: number): void {
    this.#received = this.#received.filter(({ receivedAt }) => this.#isRecent(receivedAt, startedAt))
  }

  /** Completes a read that started at `startedAt` (`performance.now()`) by what was pushed since, or shortly before. */
  complete(recent: RecentMessages, startedAt: number): CompletedRead {
    let { messages } = recent
    let isContradicted = false
    for (const { change, receivedAt } of this.#received) {
      if (!this.#isRecent(receivedAt, startedAt)) continue
      if (change.type === 'MessageDeleted') {
        messages = withoutMessage(messages, change.messageId)
      } else if (this.#isMissingIn(messages, change.message, recent.from)) {
        messages = withMessage(messages, change.message)
        isContradicted ||= receivedAt <= startedAt
      }
    }
    return { read: { ...recent, messages }, isContradicted }
  }

  #isRecent(receivedAt: number, startedAt: number): boolean {
    return receivedAt > startedAt - this.#maxReadLagMs
  }

  #isMissingIn(read: readonly Message[], message: Message, from: RecentMessages['from']): boolean {
    return !this.#deletedIds.has(message.ref.messageId) && isNewIn(read, message, from)
  }
}

/** Adds to a bounded set. */
function remember(set: Set<string>, value: string): void {
  set.add(value)
  const [oldest] = set
  if (set.size > MAX_REMEMBERED && oldest !== undefined) set.delete(oldest)
}

/** Whether a read lacks this version of a message. Messages before its start stay unknown: they are not missing. */
function isNewIn(read: readonly Message[], message: Message, from: RecentMessages['from']): boolean {
  const found = read.find(({ ref }) => ref.messageId === message.ref.messageId)
  return found ? isNewer(message, found) : !isBefore(message, from)
}

function isBefore(message: Message, from: RecentMessages['from']): boolean {
  return comparePositions(message.position, from ?? FIRST_POSITION) < 0
}

/** Puts a message in its place, oldest first, instead of its known version. */
function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const others = withoutMessage(messages, message.ref.messageId)
  const later = others.findLastIndex(({ position }) => comparePositions(position, message.position) < 0) + 1
  return [...others.slice(0, later), message, ...others.slice(later)]
}

function withoutMessage(messages: readonly Message[], messageId: string): readonly Message[] {
  return messages.filter(({ ref }) => ref.messageId !== messageId)
}
