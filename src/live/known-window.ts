import type { RecentMessages } from '../chat/adapter.ts'
import { lastChangeMicros } from '../chat/cursor.ts'
import type { RoomChange } from '../chat/events.ts'
import { comparePositions, type Message, type Position } from '../chat/model.ts'

/** A change with the provider time it happened at, as far as known; 0 where it is not. */
export interface Found {
  readonly change: RoomChange
  readonly atMicros: number
}

interface Known {
  readonly message: Message
  readonly version: string
  /** Reads in a row in which a message at the newest edge was missing. */
  readonly missed: number
}

const BEGINNING: Position = { micros: 0, id: '' }

/**
 * What a poller knows of a room's newest messages, and how the next read differs. It holds the last read only:
 * what leaves the window is forgotten, and with it later edits of it.
 */
export class KnownWindow {
  #known = new Map<string, Known>()
  #from: Position | null = null

  /** The position from which everything was known at the last read; null before the first. */
  get from(): Position | null {
    return this.#from
  }

  get messages(): readonly Message[] {
    return [...this.#known.values()].map(({ message }) => message)
  }

  /** Takes a read in and gives what is different, in the order it happened. The first read is all known. */
  compare(recent: RecentMessages): readonly Found[] {
    const found =
      this.#from === null ? [] : [...this.#appeared(recent, this.#from), ...this.#vanished(recent)]
    this.#keep(recent)
    return found.sort((a, b) => a.atMicros - b.atMicros)
  }

  *#appeared({ messages }: RecentMessages, from: Position): Generator<Found> {
    for (const message of messages) {
      const before = this.#known.get(message.ref.messageId)
      if (before) yield* changed(before, message)
      // Below the known window a message is not new, only newly read.
      else if (comparePositions(message.position, from) >= 0) {
        yield { change: { type: 'MessageAdded', message }, atMicros: message.position.micros }
      }
    }
  }

  /**
   * Known messages that a read no longer holds. Inside the read that means deleted; at its newest edge one read
   * proves nothing yet (a server may answer from a replica that lags), the next one does; below it, nothing.
   */
  *#vanished(recent: RecentMessages): Generator<Found> {
    const present = new Set(recent.messages.map((message) => message.ref.messageId))
    const newest = recent.messages.at(-1)?.position ?? BEGINNING
    for (const [id, { message, missed }] of this.#known) {
      if (present.has(id) || isBelow(message, recent) || message.state === 'DELETED') continue
      if (comparePositions(message.position, newest) > 0 && missed === 0) continue
      const { ref, visibility } = message
      yield { change: { type: 'MessageDeleted', ref, visibility }, atMicros: 0 }
    }
  }

  #keep(recent: RecentMessages): void {
    const next = new Map<string, Known>()
    for (const message of recent.messages) {
      next.set(message.ref.messageId, { message, version: versionOf(message), missed: 0 })
    }
    const newest = recent.messages.at(-1)?.position ?? BEGINNING
    for (const [id, known] of this.#known) {
      const atEdge = comparePositions(known.message.position, newest) > 0
      if (!next.has(id) && atEdge && known.missed === 0) next.set(id, { ...known, missed: 1 })
    }
    this.#known = next
    this.#from = recent.from ?? BEGINNING
  }
}

function isBelow(message: Message, { from }: RecentMessages): boolean {
  return from !== null && comparePositions(message.position, from) < 0
}

function* changed(before: Known, message: Message): Generator<Found> {
  if (before.version === versionOf(message)) return
  const atMicros = lastChangeMicros(message)
  if (message.state !== 'DELETED') yield { change: { type: 'MessageUpdated', message }, atMicros }
  else if (before.message.state !== 'DELETED') {
    yield { change: { type: 'MessageDeleted', ref: message.ref, visibility: message.visibility }, atMicros }
  }
}

/** Everything of a message that a client can see change. Link previews and read receipts are no change. */
function versionOf(message: Message): string {
  const { text, state, kind, editedAt, attachments, visibility } = message
  return JSON.stringify([text, state, kind, editedAt?.getTime() ?? null, attachments, visibility])
}
