import { z } from 'zod'
import { invalidInput } from '../chat/errors.ts'

/** LiveChat takes 16 KB, Rocket.Chat what its administrator set; longer is nobody's message. */
const LONGEST_TEXT = 16_384

/** Text with at least one character that shows. */
export const text = z
  .string()
  .max(LONGEST_TEXT, `Takes at most ${LONGEST_TEXT} characters.`)
  .refine((value) => value.trim() !== '', 'Must not be empty.')

/** What somebody is called, without the spaces around it. */
export const name = z.string().trim().min(1, 'Must not be empty.').max(200, 'Takes at most 200 characters.')
/** An e-mail address. */
export const email = z.email('Takes an e-mail address.').max(254, 'Takes at most 254 characters.')
/** A remark, or the name of something; may be empty. */
export const shortText = z.string().max(500, 'Takes at most 500 characters.')
/** Any text that the client chose; some providers take only long ones. */
export const idempotencyKey = z
  .string()
  .min(1, 'Must not be empty.')
  .max(200, 'Takes at most 200 characters.')

/** An optional input field: absent and null are the same. */
export function optional<T extends z.ZodType>(shape: T) {
  return shape.nullish().transform((value) => value ?? null)
}

/** Checks a client's input; the first fault becomes INVALID_INPUT and names the field. */
export function validate<T extends z.ZodType>(shape: T, input: unknown): z.output<T> {
  const parsed = shape.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalidInput(issue?.path.join('.') ?? '', issue?.message ?? 'Is not valid.')
}
