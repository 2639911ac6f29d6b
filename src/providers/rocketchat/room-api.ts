import type { MessageRef, Room } from '../../domain/model.ts'
import type { RoomClosing } from '../../domain/rooms.ts'
import type { WireMessage } from './wire.ts'

/** A message to send. The gateway chooses its id, so that it can find the message after a lost response. */
export interface NewMessage {
  readonly id: string
  readonly roomId: string
  readonly text: string
}

/** One response of a room's history, newest message first. */
export interface WireHistoryPage {
  readonly messages: readonly WireMessage[]
  /** Whether the server returned as many messages as requested, readable or not. */
  readonly isFull: boolean
  /** Whether unreadable messages were left out. */
  readonly hasUnreadable: boolean
}

/** Requests about rooms for one caller: a visitor with its own token, or an operator (`agent/agent-client.ts`). */
export interface RoomApi {
  /** Returns null for a room that is absent or not the caller's. */
  findRoom(roomId: string): Promise<Room | null>
  /** Reads up to `limit` messages before `end` (exclusive; null reads from the newest), newest first. */
  readHistory(roomId: string, end: Date | null, limit: number): Promise<WireHistoryPage>
  /** Visitors can give neither comment nor tags. */
  closeRoom(roomId: string, closing: RoomClosing): Promise<void>
  /** Has the server mail the transcript, of an open or a closed room. */
  requestTranscript(roomId: string, email: string): Promise<void>
  findMessage(ref: MessageRef): Promise<WireMessage | null>
  /** Throws for a room that must not receive messages although the server would accept one. */
  assertCanPost(roomId: string): Promise<void>
  sendMessage(message: NewMessage): Promise<WireMessage>
  updateMessage(ref: MessageRef, text: string): Promise<WireMessage>
  /** Returns the time of the deletion by the server's clock, or null if the response has none. */
  deleteMessage(ref: MessageRef): Promise<Date | null>
  /** Marks the caller as author of a message it has just written, where the response of the write does not. */
  withCallerAsAuthor(wire: WireMessage): WireMessage
}
