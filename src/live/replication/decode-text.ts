import type { z } from 'zod'
import { parseJson } from '../../domain/json.ts'

/** Decodes a text that another process wrote; null where it is not JSON of this schema. Never throws. */
export function decodeText<T>(text: string, schema: z.ZodType<T>): T | null {
  return schema.safeParse(parseJson(text)).data ?? null
}
