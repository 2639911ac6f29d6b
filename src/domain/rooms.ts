import type { CustomField, Message, Room } from './model.ts'
import type { PreChatAnswer } from './pre-chat-form.ts'

/** What is read and written of rooms as a whole. */

export interface RoomDraft {
  readonly name: string | null
  readonly email: string | null
  /** In international form: `+` and digits. */
  readonly phone: string | null
  /** Fields of the visitor or the room, as the account defines them; each key once. */
  readonly customFields: readonly CustomField[]
  /** Each key once, and none of them a key of `customFields`. Empty if the visitor has answered no form. */
  readonly preChatAnswers: readonly PreChatAnswer[]
  readonly departmentId: string | null
  readonly text: string | null
  /** Bound to the caller and not guessable: the adapter receives another key for the same client key of another caller. */
  readonly idempotencyKey: string | null
}

export interface StartedRoom {
  readonly room: Room
  /** The visitor's secret credential at the provider. */
  readonly visitorToken: string
  /** Identifies the visitor to `renewVisitor`; null where visitor tokens do not expire. It is not a secret. */
  readonly visitorId: string | null
}

/** A room of a visitor; `room` is its current state where the list contains it. */
export interface VisitorRoom {
  readonly roomId: string
  readonly room: Room | null
}

/** How a room is closed. */
export interface RoomClosing {
  readonly comment: string | null
  /** Tags that are added to the room, at the latest when it closes. If they are refused, the room stays open. */
  readonly tags: readonly string[]
}

export interface RatingDraft {
  /** From 1 to 5. */
  readonly score: number
  readonly comment: string | null
}

/** The newest message of a room as a list of rooms shows it, equal to what a read of the room shows. */
export interface NewestMessage {
  readonly message: Message
  /** The room's counter: each new message raises it by one, whatever its kind, and a deletion may lower it. */
  readonly count: number
  /** Provider time of the room's last write: no message created later is counted. */
  readonly writtenAt: Date
}

/** A room with new activity; `room` is its current state where the provider's response contains it. */
export interface ActiveRoom {
  readonly roomId: string
  readonly room: Room | null
  /** Absent where the response contains no newest message, or no counter that shows whether others came with it. */
  readonly newestMessage?: NewestMessage
}

/** The rooms with activity since an earlier call. */
export interface RoomActivity {
  /** Without duplicates. */
  readonly rooms: readonly ActiveRoom[]
  /** Continues after this call; opaque to everything but the adapter. */
  readonly syncToken: string
  /** False where the list may be incomplete: any room may have changed. */
  readonly isComplete: boolean
}
