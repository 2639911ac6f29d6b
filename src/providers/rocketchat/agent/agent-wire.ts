import { z } from 'zod'
import { countedList, lenient } from '../../shared/response.ts'
import { messageSchema, roomSchema } from '../wire.ts'
import { PAGE_SIZE } from './offset-pages.ts'

/** Responses to agents (docs/providers/rocketchat.md 4.2-4.6), with the fields that the gateway reads. */

/** Maximum number of messages that are read from a response with a whole room. */
const MAX_ROOM_MESSAGES = 100_000

/** GET livechat/rooms. */
export const roomListResponse = z.object({
  rooms: countedList(roomSchema, PAGE_SIZE),
  total: lenient(z.number()),
})

/** GET livechat/users/agent. */
export const agentListResponse = z.object({
  users: countedList(z.object({ _id: z.string(), name: lenient(z.string()) }), PAGE_SIZE),
  total: lenient(z.number()),
})

/** GET livechat/department and livechat/department.listByIds. */
export const departmentListResponse = z.object({
  departments: countedList(z.object({ _id: z.string().min(1), name: lenient(z.string()) }), PAGE_SIZE),
  total: lenient(z.number()),
})

/** GET chat.syncMessages with `lastUpdate`. */
export const syncMessagesResponse = z.object({
  result: z.object({ updated: countedList(messageSchema, MAX_ROOM_MESSAGES) }),
})

/** POST chat.delete. Unlike other dates, `ts` is a string of milliseconds (docs/providers/rocketchat.md 0). */
export const chatDeleteResponse = z.object({
  ts: lenient(
    z.coerce
      .number()
      .transform((ms) => new Date(ms))
      .refine((date) => !Number.isNaN(date.getTime())),
  ),
})
