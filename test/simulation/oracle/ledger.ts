import { comparePositions, type MessageVisibility, type Position } from '../../../src/domain/model.ts'
import type { StateCommit } from './room-states.ts'

/** A message as its provider shows it at the moment; one that is gone, or hidden, is not there at all. */
export interface StoredMessage {
  readonly id: string
  /** When it was created, by the provider's clock, in microseconds. */
  readonly micros: number
  readonly text: string
  /** Deleted, and still there as a mark. */
  readonly isDeleted: boolean
  readonly visibility: MessageVisibility
  /** When it was last changed, by the provider's clock, in microseconds. */
  readonly changedMicros: number
}

/** One thing that the provider committed. */
export interface Commit {
  /** Its place among all commits of the world. */
  readonly order: number
  /** When, in milliseconds of the script's clock. */
  readonly at: number
  readonly room: string
  readonly type: 'added' | 'edited' | 'deleted'
  /** The message as it was left; one that is gone, as it was before. */
  readonly message: StoredMessage
  /** Whether a reader who comes later can see that, and when, it happened. */
  readonly leavesTrace: boolean
}

/** Where a message stands in its room. */
export function positionOf({ id, micros }: StoredMessage): Position {
  return { micros, id }
}

/** What the provider committed, room by room, told by comparing what it holds before and after. */
export class Ledger {
  readonly commits: Commit[] = []
  readonly states: StateCommit[] = []
  readonly #held = new Map<string, Map<string, StoredMessage>>()

  /** Takes in what a room holds at the moment `at`. What is different since the last time was committed. */
  observe(room: string, stored: readonly StoredMessage[], at: number): void {
    const before = this.#held.get(room) ?? new Map<string, StoredMessage>()
    const now = new Map(stored.map((message) => [message.id, message]))
    const note = (what: Commit['type'], message: StoredMessage, leavesTrace: boolean) => {
      this.commits.push({ order: this.commits.length, at, room, type: what, message, leavesTrace })
    }
    for (const message of before.values()) if (!now.has(message.id)) noteGone(message)
    for (const message of [...now.values()].sort(byPosition)) {
      const known = before.get(message.id)
      if (!known) note('added', message, true)
      else if (message.isDeleted && !known.isDeleted)
        note('deleted', message, message.changedMicros > known.changedMicros)
      else if (message.text !== known.text) note('edited', message, true)
    }
    this.#held.set(room, now)

    function noteGone(message: StoredMessage): void {
      // What was deleted before, and whose mark goes too, is deleted once.
      if (!message.isDeleted) note('deleted', message, false)
    }
  }

  /** Takes in the state that a view is shown of a room. One that is another than the last time was committed. */
  observeState(commit: StateCommit): void {
    const last = this.states.findLast(({ room, view }) => room === commit.room && view === commit.view)
    if (last?.state !== commit.state) this.states.push(commit)
  }
}

function byPosition(a: StoredMessage, b: StoredMessage): number {
  return comparePositions(positionOf(a), positionOf(b))
}
