import { z } from 'zod'
import { decodeToken, encodeToken } from '../../domain/opaque-token.ts'

/** Where each provider's list stands: null is its top, absent its end. */
export type ListPositions = Readonly<Record<string, string | null>>

const VERSION = 1
const LONGEST = 8192
const shape = z.tuple([z.literal(VERSION), z.record(z.string(), z.string().nullable())])

/** Encodes the cursor of a merged list: opaque to clients, versioned, one spelling per place. */
export function encodeListCursor(positions: ListPositions): string {
  const sorted = Object.fromEntries(Object.entries(positions).sort(([a], [b]) => (a < b ? -1 : 1)))
  return encodeToken([VERSION, sorted])
}

/** Decodes a cursor of a merged list; null for anything that `encodeListCursor` does not give. Never throws. */
export function decodeListCursor(text: string): ListPositions | null {
  if (text.length > LONGEST) return null
  const parsed = shape.safeParse(decodeToken(text))
  return parsed.success && encodeListCursor(parsed.data[1]) === text ? parsed.data[1] : null
}
