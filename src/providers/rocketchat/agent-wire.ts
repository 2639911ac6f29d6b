import { z } from 'zod'
import { countedRowsOf, maybe } from '../wire.ts'
import { message, room } from './wire.ts'

/** What Rocket.Chat sends to agents, as far as the gateway reads it (rocketchat.md 4.2-4.6). Unknown fields pass. */

/** GET livechat/rooms. */
export const roomPage = z.object({ rooms: countedRowsOf(room), total: maybe(z.number()) })

/** GET livechat/users/agent. */
export const agentPage = z.object({
  users: countedRowsOf(z.object({ _id: z.string(), name: maybe(z.string()) })),
  total: maybe(z.number()),
})

const department = z.object({ _id: z.string().min(1), name: maybe(z.string()) })

/** GET livechat/department and livechat/department.listByIds. */
export const departmentPage = z.object({ departments: countedRowsOf(department), total: maybe(z.number()) })

/** GET chat.syncMessages with `lastUpdate`. */
export const changes = z.object({ result: z.object({ updated: countedRowsOf(message) }) })

/** POST chat.delete: the one date that is milliseconds in a string (rocketchat.md 0). */
export const deletion = z.object({
  ts: maybe(
    z.coerce
      .number()
      .transform((ms) => new Date(ms))
      .refine((date) => !Number.isNaN(date.getTime())),
  ),
})
