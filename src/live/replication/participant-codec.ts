import { z } from 'zod'
import type { Participant, ParticipantRole } from '../../domain/model.ts'
import { dateSchema, encodeDate } from './date-codec.ts'

const roles: { readonly [Role in ParticipantRole]: Role } = {
  VISITOR: 'VISITOR',
  AGENT: 'AGENT',
  BOT: 'BOT',
  SYSTEM: 'SYSTEM',
  UNKNOWN: 'UNKNOWN',
}

/** Custom fields of a visitor or a room; their JSON value is themselves. */
export const customFieldsSchema = z.array(z.object({ key: z.string(), value: z.string() }))

/** Reads what `encodeParticipant` makes. */
export const participantSchema: z.ZodType<Participant> = z.object({
  nativeId: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  role: z.enum(roles),
  phone: z.string().nullable(),
  customFields: customFieldsSchema,
  seenUpTo: dateSchema.nullable(),
  detailsProvider: z.string().exactOptional(),
} satisfies Record<keyof Participant, z.ZodType>)

/** The JSON value of a participant; null stays null. */
export function encodeParticipant(participant: Participant | null) {
  return (
    participant &&
    ({
      nativeId: participant.nativeId,
      name: participant.name,
      email: participant.email,
      avatarUrl: participant.avatarUrl,
      role: participant.role,
      phone: participant.phone,
      customFields: participant.customFields,
      seenUpTo: encodeDate(participant.seenUpTo),
      detailsProvider: participant.detailsProvider,
    } satisfies Record<keyof Participant, unknown>)
  )
}
