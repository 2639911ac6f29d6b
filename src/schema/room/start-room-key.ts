import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Caller } from '../../domain/caller.ts'
import { invalidInput } from '../../domain/errors.ts'

const MIN_LENGTH = 16
const uuid = z.guid()

/**
 * Binds the idempotency key of `startRoom` to its caller, because a caller that repeats the key and its input receives the
 * room and the visitor's token. An anonymous caller has no identity to bind to, so its key must be a UUID; the key of other
 * callers needs 16 characters. Throws INVALID_INPUT for any other key. The result contains no credential.
 */
export function bindIdempotencyKey(idempotencyKey: string, caller: Caller): string {
  const isUuid = uuid.safeParse(idempotencyKey).success
  if (caller.role === 'ANONYMOUS' && !isUuid) {
    const detail =
      'Must be a random UUID for anonymous callers, because the key and the input give access to the room.'
    throw invalidInput('idempotencyKey', detail)
  }
  if (idempotencyKey.length < MIN_LENGTH)
    throw invalidInput('idempotencyKey', `Must have at least ${MIN_LENGTH} characters; use a random UUID.`)
  return createHash('sha256')
    .update(JSON.stringify([...identityOf(caller), idempotencyKey]))
    .digest('base64url')
}

/** Identifies the caller that a key is bound to: one operator, or one visitor's token. */
function identityOf(caller: Caller): readonly string[] {
  if (caller.role === 'OPERATOR') return [caller.role, caller.name]
  return caller.role === 'VISITOR' ? [caller.role, caller.token] : [caller.role]
}
