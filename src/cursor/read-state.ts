import { comparePositions, type Message, type Position } from '../domain/model.ts'
import {
  encodeVersion,
  type Fingerprint,
  hashMessageIds,
  MAX_RECENT_VERSIONS,
  type ReadMessage,
} from './fingerprint.ts'
import { lastChangedMicros } from './message-version.ts'

/**
 * Maximum delay with which a provider commits a write: a message can become visible after one with a later time, and a
 * change after a later change.
 */
export const MAX_COMMIT_DELAY_MICROS = 5_000_000

/** Number of newest messages that a fingerprint covers: fewer than a poll reads, so that a poll can verify it. */
const MIN_COVERED = 40
/** In a burst a fingerprint covers more: all messages that a late commit could still precede, up to this number. */
const MAX_COVERED = 256
const MAX_TRACKED_CHANGES = 2 * MAX_RECENT_VERSIONS

/** Tracks what a reader of a room has read of its newest messages, and summarizes it as a fingerprint. */
export class ReadState {
  readonly #from: Position
  /** In the order of the room. */
  readonly #messages: ReadMessage[]
  readonly #byId = new Map<string, ReadMessage>()
  /** The most recently changed messages by id, roughly in the order of their changes. */
  readonly #changed = new Map<string, ReadMessage>()
  /** Provider time in microseconds from which `#changed` is complete. */
  #changesFrom = 0

  /** `messages` are all that were read from `from` on. */
  constructor(from: Position, messages: readonly ReadMessage[] = []) {
    this.#from = from
    this.#messages = [...messages].sort(byPosition)
    for (const read of messages) this.#byId.set(idOf(read), read)
    const byChange = [...messages].sort((a, b) => changedAt(a) - changedAt(b))
    for (const read of byChange) this.#changed.set(idOf(read), read)
    this.#trimChanges()
  }

  /** Adds a message in its current version, or replaces an earlier one. */
  add(message: Message): void {
    const read = { message, isOutdated: false }
    this.remove(message)
    const before = this.#messages.findLastIndex((other) => byPosition(other, read) < 0)
    this.#messages.splice(before + 1, 0, read)
    this.#byId.set(idOf(read), read)
    this.#changed.set(idOf(read), read)
    this.#trimChanges()
  }

  /** Removes a deleted message. */
  remove({ ref }: Pick<Message, 'ref'>): void {
    const read = this.#byId.get(ref.messageId)
    if (!read) return
    this.#messages.splice(this.#messages.lastIndexOf(read), 1)
    this.#byId.delete(ref.messageId)
    this.#changed.delete(ref.messageId)
  }

  /** Summarizes what was read. `changeMicros` is the time up to which changes were read. */
  fingerprint(changeMicros: number): Fingerprint {
    const { covered, from } = this.#covered(changeMicros - MAX_COMMIT_DELAY_MICROS)
    const since = Math.max(0, changeMicros - MAX_COMMIT_DELAY_MICROS, this.#changesFrom)
    const recent = [...this.#changed.values()]
      .filter((read) => changedAt(read) >= since)
      .sort((a, b) => changedAt(b) - changedAt(a))
    const firstOmitted = recent[MAX_RECENT_VERSIONS]
    const recentFromMicros = firstOmitted ? changedAt(firstOmitted) + 1 : since
    const included = recent.filter((read) => changedAt(read) >= recentFromMicros)
    return {
      from,
      idsHash: hashMessageIds(covered),
      recentFromMicros,
      recentVersions: included.map(encodeVersion).join(''),
    }
  }

  /** Selects the newest messages and all since a time, in the order of the room, and the position where they start. */
  #covered(sinceMicros: number): { readonly covered: readonly Message[]; readonly from: Position } {
    const covered: Message[] = []
    for (const read of reversed(this.#messages)) {
      const isWanted = covered.length < MIN_COVERED || read.message.position.micros >= sinceMicros
      const oldest = covered.at(-1)
      if (oldest && (!isWanted || covered.length === MAX_COVERED)) {
        return { covered: covered.reverse(), from: oldest.position }
      }
      if (isInFingerprint(read)) covered.push(read.message)
    }
    return { covered: covered.reverse(), from: this.#from }
  }

  #trimChanges(): void {
    for (const [id, read] of this.#changed) {
      if (this.#changed.size <= MAX_TRACKED_CHANGES) return
      this.#changed.delete(id)
      this.#changesFrom = Math.max(this.#changesFrom, changedAt(read) + 1)
    }
  }
}

/**
 * Whether a message is part of a fingerprint's `idsHash`: as far as the reader knows, it is in the room, even if it was
 * deleted since (`isOutdated`). Notes for agents are excluded, so that a fingerprint is the same in both views; no provider
 * can delete a note.
 */
export function isInFingerprint({ message, isOutdated }: ReadMessage): boolean {
  return message.visibility === 'EVERYONE' && (isOutdated || message.state !== 'DELETED')
}

function* reversed<T>(items: readonly T[]): Generator<T> {
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at]
    if (item !== undefined) yield item
  }
}

function idOf({ message }: ReadMessage): string {
  return message.ref.messageId
}

function changedAt({ message, isOutdated }: ReadMessage): number {
  return isOutdated ? message.position.micros : lastChangedMicros(message)
}

function byPosition(a: ReadMessage, b: ReadMessage): number {
  return comparePositions(a.message.position, b.message.position)
}
