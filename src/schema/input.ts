import { z } from 'zod'
import { invalidInput } from '../domain/errors.ts'
import { isSafeLine, isVisible, normalizeText } from '../domain/text.ts'

/** LiveChat takes 16 KB, Rocket.Chat what its administrator set; longer is nobody's message. */
const LONGEST_TEXT = 16_384

const ONE_LINE = 'Takes one line without control or bidirectional formatting characters.'
const VISIBLE = 'Must have at least one visible character.'
const PAGE_ADDRESS = 'Takes the http or https address of a page, without credentials.'

/** One line as it was written: every input that is not a multi-line text passes it before anything else. */
function rawLine(longest: number) {
  return z.string().max(longest, `Takes at most ${longest} characters.`).refine(isSafeLine, ONE_LINE)
}

/** One visible line, without the spaces around it. */
function line(longest: number) {
  return rawLine(longest).trim().refine(isVisible, VISIBLE)
}

/** Multi-line text with at least one visible character; line breaks become LF, other control characters go. */
export const multiLineText = z
  .string()
  .max(LONGEST_TEXT, `Takes at most ${LONGEST_TEXT} characters.`)
  .transform(normalizeText)
  .refine(isVisible, VISIBLE)

/** What somebody is called. */
export const personName = line(200)
/** An e-mail address. */
export const emailAddress = line(254).pipe(z.email('Takes an e-mail address.'))
/** An optional remark, search phrase, or name of something; empty is the same as absent. */
export const optionalLine = nullable(
  rawLine(500)
    .trim()
    .refine((value) => value === '' || isVisible(value), VISIBLE),
).transform((value) => value || null)
/**
 * The address of the page that a visitor was on. `null` is what browsers call the origin of a page without one, and
 * the vendor's own example of the field.
 */
export const pageAddress = line(500).refine((value) => value === 'null' || isPageAddress(value), PAGE_ADDRESS)
/** Any line that the client chose, spaces included; some providers take only long ones. */
export const idempotencyKey = rawLine(200).refine(isVisible, VISIBLE)

/** An optional input field: absent and null are the same. */
export function nullable<T extends z.ZodType>(shape: T) {
  return shape.nullish().transform((value) => value ?? null)
}

/** Checks a client's input; the first fault becomes INVALID_INPUT and names the field. */
export function parseInput<T extends z.ZodType>(shape: T, input: unknown): z.output<T> {
  const parsed = shape.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalidInput(issue?.path.join('.') ?? '', issue?.message ?? 'Is not valid.')
}

/** Credentials before an `@` would show a reader another host than the one that the link opens. */
function isPageAddress(value: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(value) || !URL.canParse(value)) return false
  const { username, password } = new URL(value)
  return username === '' && password === ''
}
