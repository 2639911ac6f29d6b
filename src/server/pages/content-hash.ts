import { createHash } from 'node:crypto'

const LENGTH = 16

/** A hash that tells contents apart, in base64url: for names and for comparisons. */
export function contentHash(content: string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, LENGTH)
}
