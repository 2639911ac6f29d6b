import { lastChangedMicros, messageVersion } from '../../cursor/message-version.ts'
import { comparePositions, type Message } from '../../domain/model.ts'
import type { NewestMessage } from '../../domain/rooms.ts'

/** What is known when the account poller lists the room. */
export interface RowContext {
  /** `performance.now()` when the row was received. */
  readonly receivedAt: number
  /** Whether the row shows the room's own state (status, agents, department, tags) as it is known. */
  readonly isRoomUnchanged: boolean
  /** The messages that the timeline knows. */
  readonly known: readonly Message[]
}

/** What a row of the room means for its timeline. */
export interface RowResult {
  /** Whether only a read of the room can show what came. */
  readonly needsRead: boolean
  /** The message that the row shows, if it can be applied now and the timeline does not know it. */
  readonly messages: readonly Message[]
}

const NEEDS_READ: RowResult = { needsRead: true, messages: [] }
const NOTHING_NEW: RowResult = { needsRead: false, messages: [] }

/** Rows that are held while a read is queued. After more of them another read is made. */
const MAX_HELD = 50

/**
 * Decides whether the rows of one room show everything that came, so that the room need not be read. Each row has the
 * newest message and a counter that every new message raises by one. A row continues the one before it if the counter rose
 * by exactly the messages that are known, plus the one that the row shows. A read that started after a row shows
 * everything up to that row; each row that continues it adds its own message.
 *
 * The counter cannot tell a message and a deletion between two rows from nothing at all. Such a message is found by the
 * next read, like one that push loses.
 */
export class RowContinuity {
  #last: NewestMessage | null = null
  /** When the row was received with which the rows began that no read has confirmed yet; null where one has. */
  #waitsSince: number | null = null
  /** The messages of later rows, which the read must show. */
  #held: Message[] = []

  /** Whether the timeline has everything up to the last row. */
  get isConfirmed(): boolean {
    return this.#last !== null && this.#waitsSince === null
  }

  /** Forgets the rows: the next one needs a read. */
  reset(): void {
    this.#last = null
    this.#held = []
  }

  /** Begins with a row that another process has taken in: the first read of this one shows everything up to it. */
  startAt(newest: NewestMessage | null, receivedAt: number): void {
    this.#restart(newest, receivedAt)
  }

  /** Takes in a row; `newest` is null for one without a counter or a message. */
  onRow(newest: NewestMessage | null, { receivedAt, isRoomUnchanged, known }: RowContext): RowResult {
    const all = [...known, ...this.#held]
    const isContinued = newest !== null && isRoomUnchanged && this.#isContinuedBy(newest, all)
    if (!isContinued || this.#held.length >= MAX_HELD) return this.#restart(newest, receivedAt)
    this.#last = newest
    const { message } = newest
    if (!isNewIn(all, message)) return NOTHING_NEW
    if (this.#waitsSince === null) return { needsRead: false, messages: [message] }
    this.#held.push(message)
    return NOTHING_NEW
  }

  /**
   * Takes in a read that was requested at `startedAt` (`performance.now()`) and that the timeline has applied. Returns false where
   * it lacks the message of a row: the message came after the read, or it was deleted before, and only another read shows which.
   */
  onRead(startedAt: number, known: readonly Message[]): boolean {
    if (this.#waitsSince === null || startedAt < this.#waitsSince) return true
    if (this.#held.some((message) => isNewIn(known, message))) {
      this.reset()
      return false
    }
    this.#waitsSince = null
    this.#held = []
    return true
  }

  #restart(newest: NewestMessage | null, receivedAt: number): RowResult {
    this.#last = newest
    this.#held = []
    this.#waitsSince = receivedAt
    return NEEDS_READ
  }

  #isContinuedBy(newest: NewestMessage, known: readonly Message[]): boolean {
    const last = this.#last
    if (last === null) return false
    const { message, count } = newest
    if (message.ref.messageId === last.message.ref.messageId) {
      return count === last.count && isSameOrEdited(last.message, message)
    }
    const since = known.filter((other) => isBetween(other, last.message, message))
    return (
      comparePositions(last.message.position, message.position) < 0 &&
      [...since, message].every((one) => isCountedAfter(last, one)) &&
      count - last.count === since.length + 1
    )
  }
}

/**
 * Whether a message certainly raised the counter after an earlier row, and did not lower it again. A reply in a thread
 * does not become the newest message, so the earlier row may count it already. A system message does not either, and not
 * every server counts it.
 */
function isCountedAfter({ writtenAt }: NewestMessage, { kind, state, createdAt }: Message): boolean {
  return kind !== 'SYSTEM' && kind !== 'UNKNOWN' && state !== 'DELETED' && createdAt > writtenAt
}

function isBetween({ position, ref }: Message, first: Message, last: Message): boolean {
  return (
    comparePositions(first.position, position) < 0 &&
    comparePositions(position, last.position) < 0 &&
    ref.messageId !== last.ref.messageId
  )
}

function isSameOrEdited(before: Message, after: Message): boolean {
  if (messageVersion(before) === messageVersion(after)) return true
  return after.state === 'EDITED' && lastChangedMicros(after) > lastChangedMicros(before)
}

/** Whether a message is not among others, or only in earlier versions. */
function isNewIn(messages: readonly Message[], message: Message): boolean {
  const versions = messages.filter(({ ref }) => ref.messageId === message.ref.messageId)
  return versions.every((version) => lastChangedMicros(version) < lastChangedMicros(message))
}
