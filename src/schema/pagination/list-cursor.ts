import { z } from 'zod'
import { decodeToken, encodeToken } from '../../domain/opaque-token.ts'
import type { ListPositions } from './k-way-merge.ts'

const VERSION = 1
/** Such cursors are arguments, never headers, and contain a resume token of a few hundred characters for each account. */
const MAX_CURSOR_LENGTH = 131_072
const listCursor = z.tuple([
  z.literal(VERSION),
  z.record(z.string(), z.union([z.string(), z.int(), z.null()])),
])

/** Encodes the cursor of a merged list: opaque to clients, versioned, with one encoding per position. */
export function encodeListCursor(positions: ListPositions): string {
  const sorted = Object.fromEntries(Object.entries(positions).sort(([a], [b]) => (a < b ? -1 : 1)))
  return encodeToken([VERSION, sorted])
}

/** Decodes the cursor of a merged list; null for any text that `encodeListCursor` does not return. Never throws. */
export function decodeListCursor(text: string): ListPositions | null {
  const parsed = listCursor.safeParse(decodeToken(text, MAX_CURSOR_LENGTH))
  return parsed.success && encodeListCursor(parsed.data[1]) === text ? parsed.data[1] : null
}
