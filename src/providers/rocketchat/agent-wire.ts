import { z } from 'zod'
import { countedRowsOf, maybe } from '../wire.ts'
import { PAGE } from './agent-pages.ts'
import { message, room } from './wire.ts'

/**
 * What Rocket.Chat sends to agents, as far as the gateway reads it (docs/providers/rocketchat.md 4.2-4.6).
 * Unknown fields pass.
 */

/** Messages of a whole room that are read in one answer; its bytes are bounded too. */
const MOST_CHANGES = 100_000

/** GET livechat/rooms. */
export const roomPage = z.object({ rooms: countedRowsOf(room, PAGE), total: maybe(z.number()) })

/** GET livechat/users/agent. */
export const agentPage = z.object({
  users: countedRowsOf(z.object({ _id: z.string(), name: maybe(z.string()) }), PAGE),
  total: maybe(z.number()),
})

const department = z.object({ _id: z.string().min(1), name: maybe(z.string()) })

/** GET livechat/department and livechat/department.listByIds. */
export const departmentPage = z.object({
  departments: countedRowsOf(department, PAGE),
  total: maybe(z.number()),
})

/** GET chat.syncMessages with `lastUpdate`. */
export const changes = z.object({ result: z.object({ updated: countedRowsOf(message, MOST_CHANGES) }) })

/** POST chat.delete: the one date that is milliseconds in a string (docs/providers/rocketchat.md 0). */
export const deletion = z.object({
  ts: maybe(
    z.coerce
      .number()
      .transform((ms) => new Date(ms))
      .refine((date) => !Number.isNaN(date.getTime())),
  ),
})
