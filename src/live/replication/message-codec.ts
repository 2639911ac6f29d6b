import { z } from 'zod'
import { fileVersionHash } from '../../cursor/message-version.ts'
import type {
  Attachment,
  Message,
  MessageKind,
  MessageMarkup,
  MessageRef,
  MessageState,
  MessageVisibility,
  Position,
  SystemEventKind,
} from '../../domain/model.ts'
import { dateSchema, encodeDate } from './date-codec.ts'
import { encodeParticipant, participantSchema } from './participant-codec.ts'

const kinds: { readonly [Kind in MessageKind]: Kind } = {
  TEXT: 'TEXT',
  FILE: 'FILE',
  FORM: 'FORM',
  RICH: 'RICH',
  SYSTEM: 'SYSTEM',
  UNKNOWN: 'UNKNOWN',
}
const visibilities: { readonly [Visibility in MessageVisibility]: Visibility } = {
  EVERYONE: 'EVERYONE',
  AGENTS: 'AGENTS',
}
const states: { readonly [State in MessageState]: State } = {
  ACTIVE: 'ACTIVE',
  EDITED: 'EDITED',
  DELETED: 'DELETED',
}
const markups: { readonly [Markup in MessageMarkup]: Markup } = {
  COMMONMARK: 'COMMONMARK',
  ROCKET_CHAT: 'ROCKET_CHAT',
}
const systemEvents: { readonly [Kind in SystemEventKind]: Kind } = {
  JOINED: 'JOINED',
  LEFT: 'LEFT',
  TRANSFERRED: 'TRANSFERRED',
  QUEUED: 'QUEUED',
  CLOSED: 'CLOSED',
  REOPENED: 'REOPENED',
  RATED: 'RATED',
  TAGGED: 'TAGGED',
  OTHER: 'OTHER',
}

/** A position in a room; its JSON value is itself. */
export const positionSchema: z.ZodType<Position> = z.object({ micros: z.number(), id: z.string() })

/** The ids of a message; their JSON value is themselves. */
export const messageRefSchema: z.ZodType<MessageRef> = z.object({
  roomId: z.string(),
  threadId: z.string().nullable(),
  messageId: z.string(),
})

/** The visibility of a message; its JSON value is itself. */
export const visibilitySchema = z.enum(visibilities)

const attachmentSchema = z
  .object({
    provider: z.string(),
    ref: messageRefSchema,
    index: z.number(),
    externalUrl: z.string().nullable(),
    name: z.string().nullable(),
    contentType: z.string().nullable(),
    size: z.number().nullable(),
  })
  .transform((attachment): Attachment => ({ ...attachment, providerUrl: null }))

/**
 * Reads what `encodeMessage` makes. The message equals the original, except that its attachments lack `providerUrl`: then it
 * has a `versionHash`, so that its version is the same.
 */
export const messageSchema: z.ZodType<Message> = z.object({
  type: z.literal('Message'),
  provider: z.string(),
  ref: messageRefSchema,
  position: positionSchema,
  kind: z.enum(kinds),
  text: z.string(),
  author: participantSchema.nullable(),
  visibility: visibilitySchema,
  state: z.enum(states),
  createdAt: dateSchema,
  editedAt: dateSchema.nullable(),
  editedBy: participantSchema.nullable(),
  attachments: z.array(attachmentSchema),
  form: z.array(z.object({ label: z.string(), answer: z.string().nullable() })).nullable(),
  buttons: z.array(z.object({ text: z.string(), url: z.string().nullable() })),
  systemEvent: z.enum(systemEvents).nullable(),
  markup: z.enum(markups).exactOptional(),
  reopens: z.literal(true).exactOptional(),
  versionHash: z.string().exactOptional(),
} satisfies Record<keyof Message, z.ZodType>)

/** The JSON value of a message, without the addresses of files that the provider keeps; null stays null. */
export function encodeMessage(message: Message | null) {
  return (
    message &&
    ({
      type: message.type,
      provider: message.provider,
      ref: message.ref,
      position: message.position,
      kind: message.kind,
      text: message.text,
      author: encodeParticipant(message.author),
      visibility: message.visibility,
      state: message.state,
      createdAt: encodeDate(message.createdAt),
      editedAt: encodeDate(message.editedAt),
      editedBy: encodeParticipant(message.editedBy),
      attachments: message.attachments.map(encodeAttachment),
      form: message.form,
      buttons: message.buttons,
      systemEvent: message.systemEvent,
      markup: message.markup,
      reopens: message.reopens,
      versionHash: fileVersionHash(message),
    } satisfies Record<keyof Message, unknown>)
  )
}

function encodeAttachment({ provider, ref, index, externalUrl, name, contentType, size }: Attachment) {
  return { provider, ref, index, externalUrl, name, contentType, size } satisfies Record<
    Exclude<keyof Attachment, 'providerUrl'>,
    unknown
  >
}
