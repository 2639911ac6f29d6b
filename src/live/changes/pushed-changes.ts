import { lastChangedMicros, messageVersion } from '../../cursor/message-version.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import { comparePositions, FIRST_POSITION, type Message } from '../../domain/model.ts'
import type { PushedChange } from '../../domain/push.ts'
import type { RoomSnapshot } from './room-snapshot.ts'

/** A pushed change of a room's messages. */
export type PushedMessageChange = Extract<PushedChange, { type: 'Message' | 'MessageDeleted' }>

/** A read may come from a replica that does not know what was pushed up to this many milliseconds before. */
const MAX_READ_LAG_MS = 5_000
/** Changes and versions that are remembered. */
const MAX_REMEMBERED = 1_000

interface ReceivedChange {
  readonly change: PushedMessageChange
  /** `performance.now()`. */
  readonly receivedAt: number
}

/**
 * The pushed changes of one room since its last reads. It turns a change into the read that would show it, and completes
 * reads that are too old to show it. Push may repeat, reorder and lose changes; nothing is delivered twice for that.
 */
export class PushedChanges {
  #received: ReceivedChange[] = []
  /** Versions that a newer one has replaced: a repetition must not bring them back. */
  readonly #replaced = new Set<string>()

  /**
   * The room as a read would show it with this change. Null where the change shows nothing new: it is known, older than
   * what is known, before the snapshot, or nothing was read yet.
   */
  apply(change: PushedMessageChange, snapshot: RoomSnapshot, receivedAt: number): RecentMessages | null {
    const isDeletedBefore = change.type === 'Message' && this.#isDeleted(change.message.ref.messageId)
    this.#received.push({ change, receivedAt })
    if (this.#received.length > MAX_REMEMBERED) this.#received.shift()
    const { from, messages } = snapshot
    if (from === null || isDeletedBefore) return null
    if (change.type === 'Message') {
      const { message } = change
      const isKnown = snapshot.find(message.ref.messageId) !== null
      if (isKnown ? !this.#replaces(message, snapshot) : comparePositions(message.position, from) < 0)
        return null
      return { messages: withMessage(messages, message), from }
    }
    const known = snapshot.find(change.messageId)
    if (known === null || known.state === 'DELETED') return null
    return { messages: withoutMessage(messages, change.messageId), from }
  }

  /**
   * Completes a read that started at `startedAt` (`performance.now()`) by what was pushed since, or shortly before. What was
   * pushed earlier is forgotten: from here on reads decide.
   */
  complete(recent: RecentMessages, startedAt: number): RecentMessages {
    this.#received = this.#received.filter(({ receivedAt }) => receivedAt >= startedAt - MAX_READ_LAG_MS)
    return this.#received.reduce((read, { change }) => addToRead(read, change), recent)
  }

  #replaces(message: Message, snapshot: RoomSnapshot): boolean {
    const known = snapshot.find(message.ref.messageId)
    if (known === null || lastChangedMicros(message) < lastChangedMicros(known)) return false
    const version = versionKey(message)
    if (version === versionKey(known) || this.#replaced.has(version)) return false
    this.#replaced.add(versionKey(known))
    const [oldest] = this.#replaced
    if (this.#replaced.size > MAX_REMEMBERED && oldest !== undefined) this.#replaced.delete(oldest)
    return true
  }

  #isDeleted(messageId: string): boolean {
    return this.#received.some(
      ({ change }) => change.type === 'MessageDeleted' && change.messageId === messageId,
    )
  }
}

/** Messages before the read stay unknown: an absent message there is not missing. */
function addToRead(read: RecentMessages, change: PushedMessageChange): RecentMessages {
  const { messages, from } = read
  if (change.type === 'MessageDeleted')
    return { ...read, messages: withoutMessage(messages, change.messageId) }
  const { message } = change
  const found = messages.find(({ ref }) => ref.messageId === message.ref.messageId)
  if (found ? lastChangedMicros(found) >= lastChangedMicros(message) : isBefore(message, from)) return read
  return { ...read, messages: withMessage(messages, message) }
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

function versionKey(message: Message): string {
  return `${message.ref.messageId} ${messageVersion(message)}`
}
