import { parseJson } from './json.ts'

/** Providers' own ids are of any length; a header that carries one such text still fits what HTTP servers take. */
const LONGEST = 8192

/** Spells parts, a version first, as an opaque text: base64url of their JSON. */
export function encodeToken(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The parts of a text that `encodeParts` gave; none for any other. Never throws. */
export function decodeToken(text: string): readonly unknown[] {
  if (text.length > LONGEST) return []
  const parts = parseJson(Buffer.from(text, 'base64url').toString())
  return Array.isArray(parts) ? parts : []
}
