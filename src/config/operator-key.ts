import { createHash } from 'node:crypto'

/** How a key is written that is stored as its SHA-256: the prefix, then 64 hex digits. */
const HASHED_PREFIX = 'sha256:'
const HASHED = /^sha256:[0-9a-f]{64}$/i

/** Whether a configured key is one that can be used: any but a hash with the wrong number of digits. */
export function isValidKey(key: string): boolean {
  return !key.toLowerCase().startsWith(HASHED_PREFIX) || HASHED.test(key)
}

/** SHA-256 of the key that clients present, 64 hex digits in lower case, whichever way the key is configured. */
export function keyDigest(key: string): string {
  if (HASHED.test(key)) return key.slice(HASHED_PREFIX.length).toLowerCase()
  return createHash('sha256').update(key).digest('hex')
}
