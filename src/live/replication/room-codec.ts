import { z } from 'zod'
import type { QueuePlace, Rating, Room, RoomStatus } from '../../domain/model.ts'
import { dateSchema, encodeDate } from './date-codec.ts'
import { encodeMessage, messageSchema } from './message-codec.ts'
import { customFieldsSchema, encodeParticipant, participantSchema } from './participant-codec.ts'

const statuses: { readonly [Status in RoomStatus]: Status } = {
  QUEUED: 'QUEUED',
  OPEN: 'OPEN',
  ON_HOLD: 'ON_HOLD',
  CLOSED: 'CLOSED',
  UNKNOWN: 'UNKNOWN',
}

const queueSchema: z.ZodType<QueuePlace> = z.object({
  position: z.number().nullable(),
  estimatedWaitMs: z.number().nullable(),
  since: dateSchema.nullable(),
})

const ratingSchema: z.ZodType<Rating> = z.object({
  score: z.number(),
  comment: z.string().nullable(),
  ratedAt: dateSchema.nullable(),
})

/** Reads what `encodeRoom` makes. The room equals the original, with `lastMessage` as `messageSchema` reads it. */
export const roomSchema: z.ZodType<Room> = z.object({
  type: z.literal('Room'),
  provider: z.string(),
  nativeId: z.string(),
  status: z.enum(statuses),
  visitor: participantSchema.nullable(),
  agents: z.array(participantSchema),
  departmentId: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: dateSchema.nullable(),
  closedAt: dateSchema.nullable(),
  lastActivityAt: dateSchema.nullable(),
  queue: queueSchema.nullable(),
  rating: ratingSchema.nullable(),
  closedBy: participantSchema.nullable(),
  firstResponseAt: dateSchema.nullable(),
  unansweredSince: dateSchema.nullable(),
  customFields: customFieldsSchema,
  lastMessage: messageSchema.nullable(),
} satisfies Record<keyof Room, z.ZodType>)

/** The JSON value of a room; null stays null. */
export function encodeRoom(room: Room | null) {
  return (
    room &&
    ({
      type: room.type,
      provider: room.provider,
      nativeId: room.nativeId,
      status: room.status,
      visitor: encodeParticipant(room.visitor),
      agents: room.agents.map(encodeParticipant),
      departmentId: room.departmentId,
      tags: room.tags,
      createdAt: encodeDate(room.createdAt),
      closedAt: encodeDate(room.closedAt),
      lastActivityAt: encodeDate(room.lastActivityAt),
      queue: encodeQueue(room.queue),
      rating: encodeRating(room.rating),
      closedBy: encodeParticipant(room.closedBy),
      firstResponseAt: encodeDate(room.firstResponseAt),
      unansweredSince: encodeDate(room.unansweredSince),
      customFields: room.customFields,
      lastMessage: encodeMessage(room.lastMessage),
    } satisfies Record<keyof Room, unknown>)
  )
}

function encodeQueue(queue: QueuePlace | null) {
  return queue && { ...queue, since: encodeDate(queue.since) }
}

function encodeRating(rating: Rating | null) {
  return rating && { ...rating, ratedAt: encodeDate(rating.ratedAt) }
}
