import { z } from 'zod'
import { countedRowsOf, listOf, maybe } from '../wire.ts'

/**
 * What Rocket.Chat sends, as far as the gateway reads it (docs/providers/rocketchat.md 10). Unknown fields
 * pass.
 */

const instant = z
  .union([z.string(), z.number(), z.object({ $date: z.number() }).transform((ejson) => ejson.$date)])
  .transform((value) => new Date(value))
  .refine((date) => !Number.isNaN(date.getTime()))

const user = z.object({ _id: z.string(), username: maybe(z.string()), name: maybe(z.string()) })

const attachment = z.object({
  title: maybe(z.string()),
  title_link: maybe(z.string()),
  image_url: maybe(z.string()),
  image_type: maybe(z.string()),
  image_size: maybe(z.number()),
  audio_url: maybe(z.string()),
  audio_type: maybe(z.string()),
  audio_size: maybe(z.number()),
  video_url: maybe(z.string()),
  video_type: maybe(z.string()),
  video_size: maybe(z.number()),
  type: maybe(z.string()),
})

const file = z.object({ name: maybe(z.string()), type: maybe(z.string()), size: maybe(z.number()) })

/** A message's document. */
export const message = z.object({
  _id: z.string().min(1),
  /** The oldest servers leave it out of their answers to a write. */
  rid: maybe(z.string()),
  msg: z.string().catch(''),
  ts: instant,
  u: maybe(user),
  t: maybe(z.string()),
  /** Present on what a visitor wrote: a secret, used to tell the author's role and then left behind. */
  token: maybe(z.string()),
  alias: maybe(z.string()),
  bot: z.unknown().optional(),
  editedAt: maybe(instant),
  editedBy: maybe(user),
  attachments: listOf(attachment),
  files: listOf(file),
  file: maybe(file),
  blocks: listOf(z.unknown()),
  _hidden: maybe(z.boolean()),
})
export type WireMessage = z.output<typeof message>
export type WireUser = z.output<typeof user>
export type WireAttachment = z.output<typeof attachment>

/** A room's document, as visitors, agents and lists are given it. */
export const room = z.object({
  _id: z.string().min(1),
  /** `l` is livechat. */
  t: maybe(z.string()),
  ts: maybe(instant),
  lm: maybe(instant),
  _updatedAt: maybe(instant),
  /** Absent is closed, and null what cannot be understood. */
  open: z.boolean().nullable().optional().catch(null),
  onHold: maybe(z.boolean()),
  closedAt: maybe(instant),
  servedBy: maybe(user),
  /** The token is here only to be told from what may be shown. */
  v: maybe(user.extend({ token: maybe(z.string()) })),
  departmentId: maybe(z.string()),
  /** On lists only. */
  department: maybe(z.object({ _id: z.string().min(1), name: maybe(z.string()) })),
  tags: listOf(z.string()),
  /** How many messages it holds: moves with each that comes or goes. */
  msgs: maybe(z.number()),
  lastMessage: maybe(message),
})
export type WireRoom = z.output<typeof room>

/** A page of a room's history, newest first (docs/providers/rocketchat.md 2). */
export const history = z.object({ messages: countedRowsOf(message) })
/** The one message that was asked for or written. */
export const messageAnswer = z.object({ message })
/** A message that was deleted: `ts` is when (docs/providers/rocketchat.md 1.4). */
export const deletedAnswer = z.object({ message: z.object({ ts: maybe(instant) }) })
/** `newRoom` is false where the visitor's open room was found. */
export const roomAnswer = z.object({ room, newRoom: maybe(z.boolean()) })
/** GET livechat/config (docs/providers/rocketchat.md 4.5). */
export const configAnswer = z.object({
  config: z.object({
    online: maybe(z.boolean()),
    departments: listOf(z.object({ _id: z.string(), name: maybe(z.string()) })),
  }),
})

/** The failure bodies, all five shapes of them (docs/providers/rocketchat.md 0). */
export const failure = z.object({
  error: maybe(z.string()),
  errorType: maybe(z.string()),
  message: maybe(z.string()),
})
