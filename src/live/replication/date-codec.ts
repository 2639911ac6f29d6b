import { z } from 'zod'

/** The range of `Date`, in milliseconds on either side of 1970. */
const MAX_DATE_MS = 8.64e15

/** A time in a log: milliseconds since 1970. */
export const dateSchema = z
  .int()
  .min(-MAX_DATE_MS)
  .max(MAX_DATE_MS)
  .transform((ms) => new Date(ms))

/** The JSON value of a time, which `dateSchema` reads; null stays null. */
export function encodeDate(date: Date | null): number | null {
  return date?.getTime() ?? null
}
