import { hash } from 'node:crypto'

/** Gives the first `length` characters of a base64url hash of a text. For comparisons, not for secrets. */
export function shortHash(text: string, length: number): string {
  return hash('sha1', text, 'base64url').slice(0, length)
}
