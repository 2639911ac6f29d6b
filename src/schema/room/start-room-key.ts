import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Caller } from '../../domain/caller.ts'
import { invalidInput } from '../../domain/errors.ts'

const SHORTEST = 16
const uuid = z.guid()

/**
 * Binds the key of a `startRoom` to its caller: a caller that repeats the key and its input receives the room and its
 * visitor's token. There is nothing to bind an anonymous caller to, so its key must be a UUID; the key of an operator or
 * a visitor has at least 16 characters. Throws INVALID_INPUT for any other key. The result holds no credential.
 */
export function bindIdempotencyKey(idempotencyKey: string, caller: Caller): string {
  const isUuid = uuid.safeParse(idempotencyKey).success
  if (caller.role === 'ANONYMOUS' && !isUuid) {
    const detail = 'Takes a random UUID here: the key and the input of a room give access to that room.'
    throw invalidInput('idempotencyKey', detail)
  }
  if (idempotencyKey.length < SHORTEST)
    throw invalidInput('idempotencyKey', `Takes at least ${SHORTEST} characters here, best a random UUID.`)
  return createHash('sha256')
    .update(JSON.stringify([...identityOf(caller), idempotencyKey]))
    .digest('base64url')
}

/** Identifies the caller that a key is bound to: one operator, or one visitor's token. */
function identityOf(caller: Caller): readonly string[] {
  if (caller.role === 'OPERATOR') return [caller.role, caller.name]
  return caller.role === 'VISITOR' ? [caller.role, caller.token] : [caller.role]
}
