import { z } from 'zod'
import type { Role } from '../../domain/caller.ts'
import { decodeText } from './decode-text.ts'

/** The name of a room's log. `role` is null where the provider shows a room to all roles alike; else one role must not receive the other's view. */
export function roomLogName(provider: string, roomId: string, role: Role | null): string {
  return JSON.stringify([provider, roomId, role])
}

/** The name of an account's log. */
export function accountLogName(provider: string): string {
  return JSON.stringify(['account', provider])
}

const logName = z.union([
  z.tuple([z.string(), z.string(), z.string().nullable()]).transform(([provider]) => provider),
  z.tuple([z.literal('account'), z.string()]).transform(([, provider]) => provider),
])

/** The provider of a log; null for a name that another version of the gateway may have written. */
export function providerOfLog(name: string): string | null {
  return decodeText(name, logName)
}
