import { comparePositions, type Message, type Position } from '../domain/model.ts'
import {
  encodeVersion,
  type Fingerprint,
  hashMessageIds,
  MAX_RECENT_VERSIONS,
  type ReadMessage,
} from './fingerprint.ts'
import { lastChangedMicros } from './message-version.ts'

/** A message may be committed behind one with a later time, and a change behind a later one: by so much at most. */
export const MAX_COMMIT_DELAY_MICROS = 5_000_000

/** So many of the newest messages a print covers: fewer than a look reads, so that a look can tell. */
const COVERED = 40
/** Of a burst it covers more: behind each message that may still be committed late. */
const MOST_COVERED = 256
const CHANGES_KEPT = 2 * MAX_RECENT_VERSIONS

/** What a reader of a room has seen of its newest messages, as it goes on seeing. */
export class ReadState {
  readonly #from: Position
  /** In the order of the room. */
  readonly #messages: ReadMessage[]
  readonly #byId = new Map<string, ReadMessage>()
  /** The latest to have changed, by id, in about the order of their changes. */
  readonly #changed = new Map<string, ReadMessage>()
  /** Provider time in microseconds from which on every change is among these. */
  #changesFrom = 0

  /** All messages from `from` on. */
  constructor(from: Position, messages: readonly ReadMessage[] = []) {
    this.#from = from
    this.#messages = [...messages].sort(byPlace)
    for (const seen of messages) this.#byId.set(idOf(seen), seen)
    const byChange = [...messages].sort((a, b) => changedAt(a) - changedAt(b))
    for (const seen of byChange) this.#changed.set(idOf(seen), seen)
    this.#forget()
  }

  /** It sees a message as it reads now. */
  add(message: Message): void {
    const seen = { message, isOutdated: false }
    this.remove(message)
    const before = this.#messages.findLastIndex((other) => byPlace(other, seen) < 0)
    this.#messages.splice(before + 1, 0, seen)
    this.#byId.set(idOf(seen), seen)
    this.#changed.set(idOf(seen), seen)
    this.#forget()
  }

  /** It sees that a message is gone. */
  remove({ ref }: Pick<Message, 'ref'>): void {
    const seen = this.#byId.get(ref.messageId)
    if (!seen) return
    this.#messages.splice(this.#messages.lastIndexOf(seen), 1)
    this.#byId.delete(ref.messageId)
    this.#changed.delete(ref.messageId)
  }

  /** What was seen, in short. `seenMicros` is up to when changes were seen. */
  fingerprint(seenMicros: number): Fingerprint {
    const { covered, from } = this.#covered(seenMicros - MAX_COMMIT_DELAY_MICROS)
    const since = Math.max(0, seenMicros - MAX_COMMIT_DELAY_MICROS, this.#changesFrom)
    const recent = [...this.#changed.values()]
      .filter((seen) => changedAt(seen) >= since)
      .sort((a, b) => changedAt(b) - changedAt(a))
    const beyond = recent[MAX_RECENT_VERSIONS]
    const tracesFrom = beyond ? changedAt(beyond) + 1 : since
    const traced = recent.filter((seen) => changedAt(seen) >= tracesFrom)
    return {
      from,
      idsHash: hashMessageIds(covered),
      recentFromMicros: tracesFrom,
      recentVersions: traced.map(encodeVersion).join(''),
    }
  }

  /** The newest that are there, and all since a time, in the order of the room; and the place where they begin. */
  #covered(sinceMicros: number): { readonly covered: readonly Message[]; readonly from: Position } {
    const covered: Message[] = []
    for (const seen of reversed(this.#messages)) {
      const isWanted = covered.length < COVERED || seen.message.position.micros >= sinceMicros
      const oldest = covered.at(-1)
      if (oldest && (!isWanted || covered.length === MOST_COVERED)) {
        return { covered: covered.reverse(), from: oldest.position }
      }
      if (isInFingerprint(seen)) covered.push(seen.message)
    }
    return { covered: covered.reverse(), from: this.#from }
  }

  #forget(): void {
    for (const [id, seen] of this.#changed) {
      if (this.#changed.size <= CHANGES_KEPT) return
      this.#changed.delete(id)
      this.#changesFrom = Math.max(this.#changesFrom, changedAt(seen) + 1)
    }
  }
}

/**
 * Whether it is among the ids of a print: the reader takes it to be in the room, for of a deletion meanwhile it was not
 * told. A note for agents is not, so that a print says the same to both sides; no provider lets a note be deleted.
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

function byPlace(a: ReadMessage, b: ReadMessage): number {
  return comparePositions(a.message.position, b.message.position)
}
