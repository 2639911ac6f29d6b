import { z } from 'zod'
import type { GapReason } from '../../domain/events.ts'
import type { DetectedChange } from '../changes/detected-change.ts'
import { dateSchema, encodeDate } from './date-codec.ts'
import {
  encodeMessage,
  messageRefSchema,
  messageSchema,
  positionSchema,
  visibilitySchema,
} from './message-codec.ts'

const gapReasons: { readonly [Reason in GapReason]: Reason } = {
  HISTORY_LIMIT: 'HISTORY_LIMIT',
  SLOW_CONSUMER: 'SLOW_CONSUMER',
  CURSOR_EXPIRED: 'CURSOR_EXPIRED',
}

const commonFields = { position: positionSchema, changedAtMicros: z.number() }

const messageChange = z
  .object({ type: z.enum(['MessageAdded', 'MessageUpdated']), message: messageSchema, ...commonFields })
  .transform(({ type, ...detected }): DetectedChange => {
    return { ...detected, change: { type, message: detected.message } }
  })

const deletion = z
  .object({
    type: z.literal('MessageDeleted'),
    ref: messageRefSchema,
    visibility: visibilitySchema,
    message: messageSchema.nullable(),
    ...commonFields,
  })
  .transform(({ type, ref, visibility, ...detected }): DetectedChange => {
    return { ...detected, change: { type, ref, visibility } }
  })

const roomUpdate = z
  .object({ type: z.literal('RoomUpdated'), message: messageSchema.nullable(), ...commonFields })
  .transform(({ type, ...detected }): DetectedChange => ({ ...detected, change: { type } }))

const gap = z
  .object({
    type: z.literal('Gap'),
    reason: z.enum(gapReasons),
    from: dateSchema.nullable(),
    to: dateSchema.nullable(),
    message: messageSchema.nullable(),
    ...commonFields,
  })
  .transform(({ type, reason, from, to, ...detected }): DetectedChange => {
    return { ...detected, change: { type, reason, from, to } }
  })

/** Reads what `encodeDetectedChange` makes. `message` and `change.message` are one object where both are there. */
export const detectedChangeSchema: z.ZodType<DetectedChange> = z.discriminatedUnion('type', [
  messageChange,
  deletion,
  roomUpdate,
  gap,
])

/** The JSON value of a change. The message of a new or updated message is written once. */
export function encodeDetectedChange({ change, message, position, changedAtMicros }: DetectedChange) {
  const detected = { message: encodeMessage(message), position, changedAtMicros }
  switch (change.type) {
    case 'MessageAdded':
    case 'MessageUpdated':
      return { ...detected, type: change.type, message: encodeMessage(change.message) }
    case 'Gap':
      return { ...detected, ...change, from: encodeDate(change.from), to: encodeDate(change.to) }
    default:
      return { ...detected, ...change }
  }
}
