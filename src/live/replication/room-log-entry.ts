import { z } from 'zod'
import { type Fingerprint, idsHashText, recentVersionsText } from '../../cursor/fingerprint.ts'
import type { Message, Position, Room } from '../../domain/model.ts'
import { type RoomView, roomViews } from '../../domain/room-view.ts'
import type { Watermark, WatermarkedChange } from '../changes/watermark.ts'
import { decodeText } from './decode-text.ts'
import { detectedChangeSchema, encodeDetectedChange } from './detected-change-codec.ts'
import { encodeMessage, messageSchema, positionSchema } from './message-codec.ts'
import { encodeRoom, roomSchema } from './room-codec.ts'

/** One entry of a room's log: a change of its messages, or the room's own state in one view. */
export type RoomLogEntry = ({ readonly type: 'Change' } & WatermarkedChange) | RoomStateEntry

/** The room's own state, read after everything before the entry. */
export interface RoomStateEntry {
  readonly type: 'RoomState'
  readonly view: RoomView
  readonly room: Room
  /** The ids of the followers' questions that came before the read. */
  readonly answers: readonly string[]
}

/** The state of a room after an entry of its log. */
export interface RoomLogSnapshot {
  /** The known messages, oldest first. */
  readonly messages: readonly Message[]
  /** All messages from there on are known; null where nothing was read. */
  readonly from: Position | null
  readonly watermark: Watermark
  /** The room's own state in each view in which it is known. */
  readonly rooms: Readonly<Partial<Record<RoomView, Room>>>
}

const watermarkSchema: z.ZodType<Watermark> = z.object({
  position: positionSchema,
  changeMicros: z.number(),
})

const fingerprintSchema: z.ZodType<Fingerprint> = z.object({
  from: positionSchema,
  idsHash: idsHashText,
  recentFromMicros: z.number(),
  recentVersions: recentVersionsText,
})

const entrySchema: z.ZodType<RoomLogEntry> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Change'),
    detected: detectedChangeSchema,
    watermark: watermarkSchema,
    fingerprint: fingerprintSchema,
  }),
  z.object({
    type: z.literal('RoomState'),
    view: z.enum(roomViews),
    room: roomSchema,
    answers: z.array(z.string()),
  }),
])

const snapshotSchema: z.ZodType<RoomLogSnapshot> = z.object({
  messages: z.array(messageSchema),
  from: positionSchema.nullable(),
  watermark: watermarkSchema,
  rooms: z.object({ OPERATOR: roomSchema.exactOptional(), VISITOR: roomSchema.exactOptional() }),
})

/** Encodes an entry of a room's log. */
export function encodeRoomLogEntry(entry: RoomLogEntry): string {
  if (entry.type === 'RoomState') return JSON.stringify({ ...entry, room: encodeRoom(entry.room) })
  return JSON.stringify({ ...entry, detected: encodeDetectedChange(entry.detected) })
}

/**
 * Decodes an entry of a room's log; null for any other text: another version of the gateway may have written it. Addresses
 * of files that the provider keeps are missing (`messageSchema`).
 */
export function decodeRoomLogEntry(text: string): RoomLogEntry | null {
  return decodeText(text, entrySchema)
}

/** Encodes the state of a room. */
export function encodeRoomLogSnapshot({ messages, from, watermark, rooms }: RoomLogSnapshot): string {
  const { OPERATOR: operators, VISITOR: visitors } = rooms
  return JSON.stringify({
    messages: messages.map(encodeMessage),
    from,
    watermark,
    rooms: {
      ...(operators && { OPERATOR: encodeRoom(operators) }),
      ...(visitors && { VISITOR: encodeRoom(visitors) }),
    },
  })
}

/** Decodes the state of a room; null for any other text, like `decodeRoomLogEntry`. */
export function decodeRoomLogSnapshot(text: string): RoomLogSnapshot | null {
  return decodeText(text, snapshotSchema)
}
