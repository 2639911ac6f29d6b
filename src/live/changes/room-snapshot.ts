import { laterPosition } from '../../cursor/cursor.ts'
import { lastChangedMicros, messageVersion } from '../../cursor/message-version.ts'
import type { RecentMessages } from '../../domain/adapter.ts'
import { comparePositions, FIRST_POSITION, type Message, type Position } from '../../domain/model.ts'
import {
  type DetectedChange,
  detectCreated,
  detectDeleted,
  detectGap,
  detectUpdated,
  sortChanges,
} from './detected-change.ts'

interface Known {
  readonly message: Message
  readonly version: string
  /** Whether the last read should have held it at its newest edge, and did not. */
  readonly missed: boolean
}

/**
 * What a poller knows of a room's newest messages, and how the next read differs. It holds the last read only:
 * what leaves the window is forgotten, and with it later edits of it.
 */
export class RoomSnapshot {
  #known = new Map<string, Known>()
  #from: Position | null = null

  /** The position from which everything was known at the last read; null before the first. */
  get from(): Position | null {
    return this.#from
  }

  /** Oldest first, but those that the last read missed at its newest edge come last. */
  get messages(): readonly Message[] {
    return [...this.#known.values()].map(({ message }) => message)
  }

  /** Takes a read in and gives what is different, in the order it happened. The first read is all known. */
  diff(recent: RecentMessages): readonly DetectedChange[] {
    const read = { ...recent, messages: recent.messages.map((message) => this.#latest(message)) }
    const found = this.#from === null ? [] : this.#news(read, this.#from)
    this.#keep(read)
    return sortChanges(found)
  }

  /** A server that answers from a replica that lags may show an older version: what was told already stays. */
  #latest(message: Message): Message {
    const known = this.#known.get(message.ref.messageId)?.message
    return known && lastChangedMicros(known) > lastChangedMicros(message) ? known : message
  }

  /** Behind a gap where the read does not reach back to what was known. */
  #news(read: RecentMessages, from: Position): readonly DetectedChange[] {
    const newest = this.messages.map(({ position }) => position).reduce(laterPosition, from)
    const { from: start } = read
    const missing =
      start && comparePositions(newest, start) < 0 ? [detectGap('HISTORY_LIMIT', newest, start)] : []
    return [...missing, ...this.#appeared(read, from), ...this.#vanished(read)]
  }

  *#appeared({ messages }: RecentMessages, from: Position): Generator<DetectedChange> {
    for (const message of messages) {
      const before = this.#known.get(message.ref.messageId)
      if (before) {
        if (before.version !== messageVersion(message)) yield detectUpdated(message)
      } else if (comparePositions(message.position, from) >= 0) {
        // Below the known window a message is not new, only newly read.
        yield* detectCreated(message)
      }
    }
  }

  /**
   * Known messages that a read no longer holds. Inside the read that means deleted; at its newest edge one read
   * proves nothing yet (a server may answer from a replica that lags), the next one does; below it, nothing. Where a
   * read has left out what it could not read, nothing absent is known to be gone.
   */
  *#vanished(read: RecentMessages): Generator<DetectedChange> {
    if (read.hasUnreadableMessages) return
    const present = new Set(read.messages.map((message) => message.ref.messageId))
    for (const [id, { message, missed }] of this.#known) {
      if (present.has(id) || isBelow(message, read) || message.state === 'DELETED') continue
      if (missed || !isAboveAll(message, read)) yield detectDeleted(message)
    }
  }

  #keep(read: RecentMessages): void {
    const next = new Map<string, Known>()
    for (const message of read.messages) {
      next.set(message.ref.messageId, { message, version: messageVersion(message), missed: false })
    }
    for (const [id, known] of this.#known) {
      if (next.has(id)) continue
      if (read.hasUnreadableMessages && !isBelow(known.message, read)) next.set(id, known)
      else if (!known.missed && isAboveAll(known.message, read)) next.set(id, { ...known, missed: true })
    }
    this.#known = read.hasUnreadableMessages ? inOrderOfRoom(next) : next
    this.#from = read.from ?? FIRST_POSITION
  }
}

function isBelow(message: Message, { from }: RecentMessages): boolean {
  return from !== null && comparePositions(message.position, from) < 0
}

function inOrderOfRoom(known: ReadonlyMap<string, Known>): Map<string, Known> {
  return new Map([...known].sort(([, a], [, b]) => comparePositions(a.message.position, b.message.position)))
}

function isAboveAll(message: Message, { messages }: RecentMessages): boolean {
  return comparePositions(message.position, messages.at(-1)?.position ?? FIRST_POSITION) > 0
}
