import { hash } from 'node:crypto'

/** The first `length` characters of a hash of a text: letters, digits, `-` and `_`. For comparing, not for secrets. */
export function shortHash(text: string, length: number): string {
  return hash('sha1', text, 'base64url').slice(0, length)
}
