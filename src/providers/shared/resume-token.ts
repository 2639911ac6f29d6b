import type { z } from 'zod'
import { invalidInput } from '../../domain/errors.ts'
import { parseJson } from '../../domain/json.ts'

/** Parses the position from which a list continues, JSON of the list's own shape. Throws INVALID_INPUT for any other text. */
export function parseResumeToken<T extends z.ZodType>(shape: T, text: string): z.output<T> {
  const parsed = shape.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw invalidInput('after', 'This is not a cursor of this list.')
}
