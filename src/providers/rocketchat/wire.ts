import { z } from 'zod'
import { countedList, lenient, lenientList } from '../shared/response.ts'

/**
 * What Rocket.Chat sends, as far as the gateway reads it (docs/providers/rocketchat.md 10). Unknown fields
 * pass.
 */

const instant = z
  .union([z.string(), z.number(), z.object({ $date: z.number() }).transform((ejson) => ejson.$date)])
  .transform((value) => new Date(value))
  .refine((date) => !Number.isNaN(date.getTime()))

const user = z.object({ _id: z.string(), username: lenient(z.string()), name: lenient(z.string()) })

const attachment = z.object({
  title: lenient(z.string()),
  title_link: lenient(z.string()),
  image_url: lenient(z.string()),
  image_type: lenient(z.string()),
  image_size: lenient(z.number()),
  audio_url: lenient(z.string()),
  audio_type: lenient(z.string()),
  audio_size: lenient(z.number()),
  video_url: lenient(z.string()),
  video_type: lenient(z.string()),
  video_size: lenient(z.number()),
  type: lenient(z.string()),
})

const file = z.object({ name: lenient(z.string()), type: lenient(z.string()), size: lenient(z.number()) })

/** A message's document. */
export const messageSchema = z.object({
  _id: z.string().min(1),
  /** The oldest servers leave it out of their answers to a write. */
  rid: lenient(z.string()),
  msg: z.string().catch(''),
  ts: instant,
  u: lenient(user),
  t: lenient(z.string()),
  /** Present on what a visitor wrote: a secret, used to tell the author's role and then left behind. */
  token: lenient(z.string()),
  alias: lenient(z.string()),
  bot: z.unknown().optional(),
  editedAt: lenient(instant),
  editedBy: lenient(user),
  attachments: lenientList(attachment),
  files: lenientList(file),
  file: lenient(file),
  blocks: lenientList(z.unknown()),
  _hidden: lenient(z.boolean()),
})
export type WireMessage = z.output<typeof messageSchema>
export type WireUser = z.output<typeof user>
export type WireAttachment = z.output<typeof attachment>

/** A room's document, as visitors, agents and lists are given it. */
export const roomSchema = z.object({
  _id: z.string().min(1),
  /** `l` is livechat. */
  t: lenient(z.string()),
  ts: lenient(instant),
  lm: lenient(instant),
  _updatedAt: lenient(instant),
  /** Absent is closed, and null what cannot be understood. */
  open: z.boolean().nullable().optional().catch(null),
  onHold: lenient(z.boolean()),
  closedAt: lenient(instant),
  servedBy: lenient(user),
  /** The token is here only to be told from what may be shown. */
  v: lenient(user.extend({ token: lenient(z.string()) })),
  departmentId: lenient(z.string()),
  /** On lists only. */
  department: lenient(z.object({ _id: z.string().min(1), name: lenient(z.string()) })),
  tags: lenientList(z.string()),
  /** How many messages it holds: moves with each that comes or goes. */
  msgs: lenient(z.number()),
  lastMessage: lenient(messageSchema),
})
export type WireRoom = z.output<typeof roomSchema>

/** A page of a room's history, newest first (docs/providers/rocketchat.md 2). */
export const historyResponse = z.object({ messages: countedList(messageSchema) })
/** The one message that was asked for or written. */
export const messageResponse = z.object({ message: messageSchema })
/** A message that was deleted: `ts` is when (docs/providers/rocketchat.md 1.4). */
export const deleteMessageResponse = z.object({ message: z.object({ ts: lenient(instant) }) })
/** `newRoom` is false where the visitor's open room was found. */
export const roomResponse = z.object({ room: roomSchema, newRoom: lenient(z.boolean()) })
/** GET livechat/config (docs/providers/rocketchat.md 4.5). */
export const configResponse = z.object({
  config: z.object({
    online: lenient(z.boolean()),
    departments: lenientList(z.object({ _id: z.string(), name: lenient(z.string()) })),
  }),
})

/** The failure bodies, all five shapes of them (docs/providers/rocketchat.md 0). */
export const errorResponse = z.object({
  error: lenient(z.string()),
  errorType: lenient(z.string()),
  message: lenient(z.string()),
})
