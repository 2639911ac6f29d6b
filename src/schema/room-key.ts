import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Caller } from '../chat/caller.ts'
import { invalidInput } from '../chat/errors.ts'

const SHORTEST = 16
const uuid = z.guid()

/**
 * Gives the key under which a room is started, bound to its caller: whoever repeats a key and its input is given the
 * room and its visitor's token. An anonymous caller can be bound to nothing, so its key must be a UUID; a key of an
 * operator or a visitor has at least 16 characters. Throws INVALID_INPUT for any other. Holds no credential.
 */
export function bindRoomKey(idempotencyKey: string, caller: Caller): string {
  const isUuid = uuid.safeParse(idempotencyKey).success
  if (caller.role === 'ANONYMOUS' && !isUuid) {
    const detail = 'Takes a random UUID here: whoever knows the key and the input of a room finds that room.'
    throw invalidInput('idempotencyKey', detail)
  }
  if (idempotencyKey.length < SHORTEST)
    throw invalidInput('idempotencyKey', `Takes at least ${SHORTEST} characters here, best a random UUID.`)
  return createHash('sha256')
    .update(JSON.stringify([...identityOf(caller), idempotencyKey]))
    .digest('base64url')
}

/** What a key is bound to: all calls of one operator, or of one visitor's token. */
function identityOf(caller: Caller): readonly string[] {
  if (caller.role === 'OPERATOR') return [caller.role, caller.name]
  return caller.role === 'VISITOR' ? [caller.role, caller.token] : [caller.role]
}
