import { z } from 'zod'
import { countedList, lenient, lenientList } from '../shared/response.ts'

/** Rocket.Chat's documents and responses (docs/providers/rocketchat.md 10), with the fields that the gateway reads. */

const dateSchema = z
  .union([z.string(), z.number(), z.object({ $date: z.number() }).transform((ejson) => ejson.$date)])
  .transform((value) => new Date(value))
  .refine((date) => !Number.isNaN(date.getTime()))

const userSchema = z.object({ _id: z.string(), username: lenient(z.string()), name: lenient(z.string()) })

const attachmentSchema = z.object({
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

const fileSchema = z.object({
  name: lenient(z.string()),
  type: lenient(z.string()),
  size: lenient(z.number()),
})

/** A message document. */
export const messageSchema = z.object({
  _id: z.string().min(1),
  /** The oldest servers omit it from responses to a write. */
  rid: lenient(z.string()),
  msg: z.string().catch(''),
  ts: dateSchema,
  u: lenient(userSchema),
  t: lenient(z.string()),
  /** Present on messages of visitors. It decides the author's role and must not leave the adapter. */
  token: lenient(z.string()),
  alias: lenient(z.string()),
  bot: z.unknown().optional(),
  editedAt: lenient(dateSchema),
  editedBy: lenient(userSchema),
  attachments: lenientList(attachmentSchema),
  files: lenientList(fileSchema),
  file: lenient(fileSchema),
  blocks: lenientList(z.unknown()),
  _hidden: lenient(z.boolean()),
})
export type WireMessage = z.output<typeof messageSchema>
export type WireUser = z.output<typeof userSchema>
export type WireAttachment = z.output<typeof attachmentSchema>

/** A room document, of visitors, agents and lists. */
export const roomSchema = z.object({
  _id: z.string().min(1),
  /** `l` for livechat. */
  t: lenient(z.string()),
  ts: lenient(dateSchema),
  lm: lenient(dateSchema),
  _updatedAt: lenient(dateSchema),
  /** Absent if the room is closed; null if unreadable. */
  open: z.boolean().nullable().optional().catch(null),
  onHold: lenient(z.boolean()),
  closedAt: lenient(dateSchema),
  servedBy: lenient(userSchema),
  /** The token must not leave the adapter. */
  v: lenient(userSchema.extend({ token: lenient(z.string()) })),
  departmentId: lenient(z.string()),
  /** In lists only. */
  department: lenient(z.object({ _id: z.string().min(1), name: lenient(z.string()) })),
  tags: lenientList(z.string()),
  /** Number of messages; changes with every new or deleted message. */
  msgs: lenient(z.number()),
  lastMessage: lenient(messageSchema),
})
export type WireRoom = z.output<typeof roomSchema>

/** A page of a room's history, newest first (docs/providers/rocketchat.md 2). */
export const historyResponse = z.object({ messages: countedList(messageSchema) })
/** The message that was read or written. */
export const messageResponse = z.object({ message: messageSchema })
/** `ts` is the time of the deletion (docs/providers/rocketchat.md 1.4). */
export const deleteMessageResponse = z.object({ message: z.object({ ts: lenient(dateSchema) }) })
/** `newRoom` is false if the visitor already had an open room. */
export const roomResponse = z.object({ room: roomSchema, newRoom: lenient(z.boolean()) })
/** GET livechat/config (docs/providers/rocketchat.md 4.5). */
export const configResponse = z.object({
  config: z.object({
    online: lenient(z.boolean()),
    departments: lenientList(z.object({ _id: z.string(), name: lenient(z.string()) })),
  }),
})

/** An error body of any of the five shapes (docs/providers/rocketchat.md 0). */
export const errorResponse = z.object({
  error: lenient(z.string()),
  errorType: lenient(z.string()),
  message: lenient(z.string()),
})

/** Whether a message is in the room, as far as its document says: the oldest servers omit the room. */
export function isInRoom(message: WireMessage, roomId: string): boolean {
  return (message.rid ?? roomId) === roomId
}
