import { z } from 'zod'
import { countedList, lenient } from '../../shared/response.ts'
import { messageSchema, roomSchema } from '../wire.ts'
import { PAGE_SIZE } from './offset-pages.ts'

/**
 * What Rocket.Chat sends to agents, as far as the gateway reads it (docs/providers/rocketchat.md 4.2-4.6).
 * Unknown fields pass.
 */

/** Messages of a whole room that are read in one answer; its bytes are bounded too. */
const MOST_CHANGES = 100_000

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

const department = z.object({ _id: z.string().min(1), name: lenient(z.string()) })

/** GET livechat/department and livechat/department.listByIds. */
export const departmentListResponse = z.object({
  departments: countedList(department, PAGE_SIZE),
  total: lenient(z.number()),
})

/** GET chat.syncMessages with `lastUpdate`. */
export const syncMessagesResponse = z.object({
  result: z.object({ updated: countedList(messageSchema, MOST_CHANGES) }),
})

/** POST chat.delete: the one date that is milliseconds in a string (docs/providers/rocketchat.md 0). */
export const chatDeleteResponse = z.object({
  ts: lenient(
    z.coerce
      .number()
      .transform((ms) => new Date(ms))
      .refine((date) => !Number.isNaN(date.getTime())),
  ),
})
