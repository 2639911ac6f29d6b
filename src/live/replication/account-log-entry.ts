import { z } from 'zod'
import type { ActiveRoom, NewestMessage, RoomActivity } from '../../domain/rooms.ts'
import { dateSchema, encodeDate } from './date-codec.ts'
import { decodeText } from './decode-text.ts'
import { encodeMessage, messageSchema } from './message-codec.ts'
import { encodeRoom, roomSchema } from './room-codec.ts'

/** One entry of an account's log: the rooms in which its poller has found activity. */
export interface AccountLogEntry {
  readonly type: 'Activity'
  readonly activity: RoomActivity
}

const newestMessageSchema: z.ZodType<NewestMessage> = z.object({
  message: messageSchema,
  count: z.number(),
  writtenAt: dateSchema,
})

const activeRoomSchema: z.ZodType<ActiveRoom> = z.object({
  roomId: z.string(),
  room: roomSchema.nullable(),
  newestMessage: newestMessageSchema.exactOptional(),
})

const entrySchema: z.ZodType<AccountLogEntry> = z.object({
  type: z.literal('Activity'),
  activity: z.object({ rooms: z.array(activeRoomSchema), syncToken: z.string(), isComplete: z.boolean() }),
})

/** Encodes an entry of an account's log. */
export function encodeAccountLogEntry(entry: AccountLogEntry): string {
  const { rooms, ...rest } = entry.activity
  return JSON.stringify({ type: entry.type, activity: { rooms: rooms.map(encodeActiveRoom), ...rest } })
}

/** Decodes an entry of an account's log; null for any other text: another version of the gateway may have written it. */
export function decodeAccountLogEntry(text: string): AccountLogEntry | null {
  return decodeText(text, entrySchema)
}

function encodeActiveRoom({ roomId, room, newestMessage }: ActiveRoom) {
  return {
    roomId,
    room: encodeRoom(room),
    newestMessage: newestMessage && encodeNewestMessage(newestMessage),
  }
}

function encodeNewestMessage({ message, count, writtenAt }: NewestMessage) {
  return { message: encodeMessage(message), count, writtenAt: encodeDate(writtenAt) }
}
