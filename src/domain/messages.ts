import type { Message, MessageVisibility, Position } from './model.ts'

/** What is read and written of the messages of a room. */

/** Selects messages of a room: the newest or the oldest `limit` of those within all bounds. */
export interface MessageWindow {
  readonly take: 'newest' | 'oldest'
  readonly limit: number
  /** Exclusive. */
  readonly after: Position | null
  /** Exclusive. */
  readonly before: Position | null
  /** Inclusive. */
  readonly since: Date | null
  /** Exclusive. */
  readonly until: Date | null
}

/** Messages, oldest first, and whether the window contains more on either side. */
export interface MessagePage {
  readonly messages: readonly Message[]
  readonly hasEarlier: boolean
  readonly hasLater: boolean
}

/**
 * The newest messages of a room, oldest first: every message at or after `from`, or all messages of the room where `from`
 * is null.
 */
export interface RecentMessages {
  readonly messages: readonly Message[]
  readonly from: Position | null
  /** Whether some messages could not be parsed and are missing: an absent message may still exist. */
  readonly hasUnreadableMessages?: boolean
  /**
   * Changes whenever the response shows that the room's own state (status, agents, department, tags) may have changed
   * since an earlier read. Absent where the response contains nothing about the room.
   */
  readonly roomRevision?: string
}

export interface MessageDraft {
  readonly roomId: string
  readonly text: string
  /** EVERYONE where it is absent. AGENTS is a note, which needs the capability SEND_NOTE. */
  readonly visibility?: MessageVisibility
  readonly idempotencyKey: string | null
}
