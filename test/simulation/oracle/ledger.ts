import { comparePositions, type MessageVisibility, type Position } from '../../../src/domain/model.ts'
import type { StateCommit } from './room-states.ts'

/** A message as its provider holds it now. One that was removed or hidden does not exist at all. */
export interface StoredMessage {
  readonly id: string
  /** When it was created, by the provider's clock, in microseconds. */
  readonly micros: number
  readonly text: string
  /** Deleted, and still stored as a tombstone. */
  readonly isDeleted: boolean
  readonly visibility: MessageVisibility
  /** When it was last changed, by the provider's clock, in microseconds. */
  readonly changedMicros: number
}

/** One change of a message that the provider committed. */
export interface Commit {
  /** Its index among all commits of the simulation. */
  readonly order: number
  /** In milliseconds of the scenario's clock. */
  readonly at: number
  readonly room: string
  readonly type: 'added' | 'edited' | 'deleted'
  /** The message after the commit; a removed one as it was before. */
  readonly message: StoredMessage
  /** Whether a later reader can see that it happened, and when. */
  readonly leavesTrace: boolean
}

/** The position of a message in its room. */
export function positionOf({ id, micros }: StoredMessage): Position {
  return { micros, id }
}

/** Records what the provider committed, room by room, by comparing what it holds before and after. */
export class Ledger {
  readonly commits: Commit[] = []
  readonly states: StateCommit[] = []
  readonly #messagesByRoom = new Map<string, Map<string, StoredMessage>>()

  /** Reads what a room holds at the moment `at`. Each difference since the last time is a commit. */
  observe(room: string, stored: readonly StoredMessage[], at: number): void {
    const before = this.#messagesByRoom.get(room) ?? new Map<string, StoredMessage>()
    const now = new Map(stored.map((message) => [message.id, message]))
    const record = (type: Commit['type'], message: StoredMessage, leavesTrace: boolean) => {
      this.commits.push({ order: this.commits.length, at, room, type, message, leavesTrace })
    }
    for (const message of before.values()) if (!now.has(message.id)) recordRemoval(message)
    for (const message of [...now.values()].sort(byPosition)) {
      const previous = before.get(message.id)
      if (!previous) record('added', message, true)
      else if (message.isDeleted && !previous.isDeleted)
        record('deleted', message, message.changedMicros > previous.changedMicros)
      else if (message.text !== previous.text) record('edited', message, true)
    }
    this.#messagesByRoom.set(room, now)

    function recordRemoval(message: StoredMessage): void {
      // Removing the tombstone of a deleted message is no second deletion.
      if (!message.isDeleted) record('deleted', message, false)
    }
  }

  /** Reads the state of a room as a view sees it. A state that differs from the last one is a commit. */
  observeState(commit: StateCommit): void {
    const last = this.states.findLast(({ room, view }) => room === commit.room && view === commit.view)
    if (last?.state !== commit.state) this.states.push(commit)
  }
}

function byPosition(a: StoredMessage, b: StoredMessage): number {
  return comparePositions(positionOf(a), positionOf(b))
}
