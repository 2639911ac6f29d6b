import { lastChangedMicros, messageVersion } from '../../cursor/message-version.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import {
  comparePositions,
  FIRST_POSITION,
  laterPosition,
  type Message,
  type Position,
} from '../../domain/model.ts'
import {
  type DetectedChange,
  detectCreated,
  detectDeleted,
  detectGap,
  detectUpdated,
  sortChanges,
} from './detected-change.ts'

interface SnapshotEntry {
  readonly message: Message
  readonly version: string
  /** Whether the last read should have contained the message at its newest edge, and did not. */
  readonly isMissing: boolean
}

const NONE: ReadonlySet<string> = new Set()

/** A read with an entry for each of its messages. */
interface SnapshotRead extends RecentMessages {
  readonly entries: readonly SnapshotEntry[]
  readonly deletedIds: ReadonlySet<string>
}

/**
 * The newest messages of a room as of the last read. `diff` compares the next read with it. Messages that a read no longer
 * covers are dropped, so later edits of them are not detected.
 */
export class RoomSnapshot {
  #entries = new Map<string, SnapshotEntry>()
  #from: Position | null = null

  /** The position from which the last read was complete; null before the first read. */
  get from(): Position | null {
    return this.#from
  }

  /** Oldest first, except that messages missing at the newest edge of the last read come last. */
  get messages(): readonly Message[] {
    return [...this.#entries.values()].map(({ message }) => message)
  }

  /** Whether the last read lacked known messages at its newest edge. */
  get hasMissing(): boolean {
    return [...this.#entries.values()].some(({ isMissing }) => isMissing)
  }

  /** The known version of a message; null where the snapshot does not contain it. */
  find(messageId: string): Message | null {
    return this.#entries.get(messageId)?.message ?? null
  }

  /**
   * Replaces the snapshot by a read, and returns the changes in the order of time. The first read gives none. `deletedIds`
   * are messages that are certainly deleted, where the read does not contain them.
   */
  diff(recent: RecentMessages, deletedIds: ReadonlySet<string> = NONE): readonly DetectedChange[] {
    const entries = recent.messages.map((message) => this.#newerEntry(message))
    const read = { ...recent, messages: entries.map(({ message }) => message), entries, deletedIds }
    const changes = this.#from === null ? [] : this.#changesSince(read, this.#from)
    this.#replace(read)
    return sortChanges(changes)
  }

  /**
   * Takes in a change that another process has detected, in its order. Keeps the newest `maxMessages`: without reads of its
   * own, the snapshot would only grow.
   */
  applyChange({ change, message, position }: DetectedChange, maxMessages: number): void {
    if (change.type === 'Gap') this.#dropBefore(position)
    else if ('ref' in change && message === null) this.#entries.delete(change.ref.messageId)
    else if (message) {
      const version = messageVersion(message)
      this.#entries.set(message.ref.messageId, { message, version, isMissing: false })
      this.#entries = sortByPosition(this.#entries)
    }
    const first = this.messages.at(-maxMessages)
    if (first && this.#entries.size > maxMessages) this.#dropBefore(first.position)
    this.#from ??= FIRST_POSITION
  }

  #dropBefore(start: Position): void {
    for (const [id, { message }] of this.#entries) {
      if (comparePositions(message.position, start) < 0) this.#entries.delete(id)
    }
    this.#from = laterPosition(this.#from ?? FIRST_POSITION, start)
  }

  /** Keeps the known version where a lagging replica of the provider returns an older one. */
  #newerEntry(message: Message): SnapshotEntry {
    const known = this.#entries.get(message.ref.messageId)
    // A pushed change comes with all other messages as they are known: their versions need not be computed again.
    const isKnown = known?.message === message
    return known && (isKnown || lastChangedMicros(known.message) > lastChangedMicros(message))
      ? { ...known, isMissing: false }
      : { message, version: messageVersion(message), isMissing: false }
  }

  /** The changes, after a gap where the read does not reach back to the snapshot. */
  #changesSince(read: SnapshotRead, from: Position): readonly DetectedChange[] {
    const newest = this.messages.map(({ position }) => position).reduce(laterPosition, from)
    const { from: start } = read
    const isDisjoint = start !== null && comparePositions(newest, start) < 0
    const gaps = isDisjoint ? [detectGap('HISTORY_LIMIT', newest, start)] : []
    return [...gaps, ...this.#createdAndUpdated(read, from), ...this.#deleted(read)]
  }

  *#createdAndUpdated({ entries }: SnapshotRead, from: Position): Generator<DetectedChange> {
    for (const { message, version } of entries) {
      const known = this.#entries.get(message.ref.messageId)
      if (known) {
        if (known.version !== version) yield detectUpdated(message)
      } else if (comparePositions(message.position, from) >= 0) {
        // A message before the snapshot is not new; this read only reaches back further.
        yield* detectCreated(message)
      }
    }
  }

  /**
   * Known messages that a read no longer contains. Inside the range of the read they are deleted. At its newest edge one
   * read is no proof, because it may come from a lagging replica; the second one is. Before its range nothing is known.
   * Where a read omits messages that could not be parsed, no absent message counts as deleted.
   */
  *#deleted(read: SnapshotRead): Generator<DetectedChange> {
    const present = new Set(read.messages.map((message) => message.ref.messageId))
    for (const [id, { message, isMissing }] of this.#entries) {
      if (present.has(id) || message.state === 'DELETED') continue
      const isAbsent = !read.hasUnreadableMessages && !isBefore(message, read)
      const isProven = isAbsent && (isMissing || !isAfter(message, read))
      if (read.deletedIds.has(id) || isProven) yield detectDeleted(message)
    }
  }

  #replace(read: SnapshotRead): void {
    const next = new Map(read.entries.map((entry) => [entry.message.ref.messageId, entry]))
    for (const [id, entry] of this.#entries) {
      if (next.has(id) || read.deletedIds.has(id)) continue
      if (read.hasUnreadableMessages && !isBefore(entry.message, read)) next.set(id, entry)
      else if (!entry.isMissing && isAfter(entry.message, read)) next.set(id, { ...entry, isMissing: true })
    }
    this.#entries = read.hasUnreadableMessages ? sortByPosition(next) : next
    this.#from = read.from ?? FIRST_POSITION
  }
}

/** Whether a message precedes the range of a read. */
function isBefore(message: Message, { from }: RecentMessages): boolean {
  return from !== null && comparePositions(message.position, from) < 0
}

/** Whether a message follows all messages of a read. */
function isAfter(message: Message, { messages }: RecentMessages): boolean {
  return comparePositions(message.position, messages.at(-1)?.position ?? FIRST_POSITION) > 0
}

function sortByPosition(entries: ReadonlyMap<string, SnapshotEntry>): Map<string, SnapshotEntry> {
  return new Map(
    [...entries].sort(([, a], [, b]) => comparePositions(a.message.position, b.message.position)),
  )
}
