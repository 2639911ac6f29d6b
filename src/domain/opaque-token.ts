import { parseJson } from './json.ts'

/** Upper bound for an encoded token. Native ids can have any length; a header with one token must fit HTTP limits. */
const MAX_TOKEN_LENGTH = 8192

/** Encodes parts, a version number first, as an opaque token: base64url of their JSON. */
export function encodeToken(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Decodes a token that `encodeToken` made; gives no parts for any other or longer text. Never throws. */
export function decodeToken(text: string, maxLength = MAX_TOKEN_LENGTH): readonly unknown[] {
  if (text.length > maxLength) return []
  const parts = parseJson(Buffer.from(text, 'base64url').toString())
  return Array.isArray(parts) ? parts : []
}
