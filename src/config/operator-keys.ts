import { createHash } from 'node:crypto'
import { z } from 'zod'
import { anyText } from '../providers/shared/setting-values.ts'
import { list } from './values.ts'

/** A key that is stored as its SHA-256: the prefix, then 64 hex digits. */
const HASHED_PREFIX = 'sha256:'
const HASHED = /^sha256:[0-9a-f]{64}$/i
const ENTRY = /^[\w.@-]+:[\x21-\x7e]{16,}$/
const INCOMPLETE_HASH = 'starts with sha256: and does not go on with 64 hex digits'

/** Names that operators may have. */
export const operatorName = /^[\w.@-]+$/

/** The key of an operator, alone. */
export const operatorKey = anyText
  .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 letters, digits and signs without spaces')
  .refine(isValidKey, INCOMPLETE_HASH)

const entry = z
  .string()
  .regex(ENTRY, 'must be name:key, the key at least 16 letters, digits and signs without spaces or commas')
  .refine((value) => isValidKey(toOperator(value).key), `has a key that ${INCOMPLETE_HASH}`)

/** `name:key` pairs. A key identifies one operator only, so neither names nor keys may repeat. */
export const operatorKeys = list(entry)
  .superRefine((entries, context) => {
    for (const { index, part } of findRepeats(entries)) {
      context.addIssue({
        code: 'custom',
        path: [index],
        message: `repeats the ${part} of an earlier entry`,
      })
    }
  })
  .transform((entries) => entries.map(toOperator))

function findRepeats(entries: readonly string[]): { index: number; part: string }[] {
  const seen = { name: new Set<string>(), key: new Set<string>() }
  return entries.flatMap((value, index) => {
    // A malformed entry has an issue of its own.
    if (!ENTRY.test(value)) return []
    const { name, key } = toOperator(value)
    // One of two equal keys may be stored as its hash.
    const parts = { name, key: keyDigest(key) }
    return (['name', 'key'] as const).flatMap((part) => {
      const isRepeated = seen[part].has(parts[part])
      seen[part].add(parts[part])
      return isRepeated ? [{ index, part }] : []
    })
  })
}

function toOperator(value: string): { readonly name: string; readonly key: string } {
  const colon = value.indexOf(':')
  return { name: value.slice(0, colon), key: value.slice(colon + 1) }
}

/** Whether a configured key can be used: any key but a hash with the wrong number of digits. */
function isValidKey(key: string): boolean {
  return !key.toLowerCase().startsWith(HASHED_PREFIX) || HASHED.test(key)
}

/** SHA-256 of the key that clients send, 64 hex digits in lower case, for a key configured in either form. */
export function keyDigest(key: string): string {
  if (HASHED.test(key)) return key.slice(HASHED_PREFIX.length).toLowerCase()
  return createHash('sha256').update(key).digest('hex')
}
