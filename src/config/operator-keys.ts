import { z } from 'zod'
import { isValidKey, keyDigest } from './operator-key.ts'
import { given, list } from './values.ts'

const OPERATOR = /^[\w.@-]+:[\x21-\x7e]{16,}$/
const INCOMPLETE_HASH = 'starts with sha256: and does not go on with 64 hex digits'

/** What an operator may be called. */
export const operatorName = /^[\w.@-]+$/

/** An operator's key where it stands alone. */
export const operatorKey = given
  .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 letters, digits and signs without spaces')
  .refine(isValidKey, INCOMPLETE_HASH)

const operator = z
  .string()
  .regex(OPERATOR, 'must be name:key, the key at least 16 letters, digits and signs without spaces or commas')
  .refine((entry) => isValidKey(toOperator(entry).key), `has a key that ${INCOMPLETE_HASH}`)

/** `name:key` pairs. A key stands for one operator only, so neither names nor keys may repeat. */
export const operatorKeys = list(operator)
  .superRefine((entries, context) => {
    for (const { position, part } of repeats(entries)) {
      context.addIssue({
        code: 'custom',
        path: [position],
        message: `repeats the ${part} of an earlier entry`,
      })
    }
  })
  .transform((entries) => entries.map(toOperator))

function repeats(entries: readonly string[]): { position: number; part: string }[] {
  const seen = { name: new Set<string>(), key: new Set<string>() }
  return entries.flatMap((entry, position) => {
    // A malformed entry is told by its own rule.
    if (!OPERATOR.test(entry)) return []
    const { name, key } = toOperator(entry)
    // One of two equal keys may be stored as its hash.
    const parts = { name, key: keyDigest(key) }
    return (['name', 'key'] as const).flatMap((part) => {
      const repeated = seen[part].has(parts[part])
      seen[part].add(parts[part])
      return repeated ? [{ position, part }] : []
    })
  })
}

function toOperator(entry: string): { readonly name: string; readonly key: string } {
  const colon = entry.indexOf(':')
  return { name: entry.slice(0, colon), key: entry.slice(colon + 1) }
}
