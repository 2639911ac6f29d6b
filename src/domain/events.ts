import type { Message, MessageRef, Room } from './model.ts'

export type GapReason = 'HISTORY_LIMIT' | 'SLOW_CONSUMER' | 'CURSOR_EXPIRED'

/** One change in a room. `Gap` stands for changes that could not be determined or delivered. */
export type RoomChange =
  | { readonly type: 'MessageAdded'; readonly message: Message }
  | { readonly type: 'MessageUpdated'; readonly message: Message }
  | { readonly type: 'MessageDeleted'; readonly ref: MessageRef; readonly visibility: Message['visibility'] }
  | { readonly type: 'RoomUpdated' }
  | { readonly type: 'Gap'; readonly reason: GapReason; readonly from: Date | null; readonly to: Date | null }

/** A change with its position in the room's order: subscribing again with `cursor` continues after it. */
export interface RoomEvent {
  readonly provider: string
  readonly roomId: string
  readonly cursor: string
  readonly change: RoomChange
  /**
   * The room as it was last read for the subscriber's view; null where it was not read yet. For `RoomUpdated` it is the
   * state that the event reports.
   */
  readonly room: Room | null
}
