import { z } from 'zod'
import { invalidInput } from '../domain/errors.ts'
import { isSafeLine, isVisible, normalizeText } from '../domain/text.ts'

/** LiveChat accepts 16 KB; at Rocket.Chat an administrator sets the limit. */
const MAX_TEXT_LENGTH = 16_384

const ONE_LINE = 'Must be one line without control characters and bidirectional formatting characters.'
const VISIBLE = 'Must have at least one visible character.'
const FILE_NAME = 'Must be the name of a file, without a path.'
const PAGE_ADDRESS = 'Must be the http or https address of a page, without credentials.'

/** One line, unchanged. Every input except multi-line text passes this check first. */
function rawLine(maxLength: number) {
  return z.string().max(maxLength, `Must have at most ${maxLength} characters.`).refine(isSafeLine, ONE_LINE)
}

/** One visible line, trimmed. */
function line(maxLength: number) {
  return rawLine(maxLength).trim().refine(isVisible, VISIBLE)
}

/** Multi-line text with at least one visible character; line breaks become LF, other control characters are removed. */
export const multiLineText = z
  .string()
  .max(MAX_TEXT_LENGTH, `Must have at most ${MAX_TEXT_LENGTH} characters.`)
  .transform(normalizeText)
  .refine(isVisible, VISIBLE)

export const personName = line(200)
export const emailAddress = line(254).pipe(z.email('Must be an e-mail address.'))
/** The name of a file, without a path. */
export const fileName = line(200).refine((value) => !/[/\\]/.test(value) && !/^\.+$/.test(value), FILE_NAME)
/** E.164: both providers accept it. */
export const phoneNumber = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'Must be a phone number in international form, such as +48123456789.')

/** Maximum number of custom fields; LiveChat accepts no more. */
const MAX_CUSTOM_FIELDS = 100

/** Custom fields, each key once. An error names the field: `customFields.0.key`. */
export const customFields = z
  .array(z.object({ key: line(100), value: line(1_000) }))
  .max(MAX_CUSTOM_FIELDS, `Must have at most ${MAX_CUSTOM_FIELDS} fields.`)
  .superRefine(refuseRepeatedKeys)

/** Maximum number of answers, and of values of one; no provider has as long a form. */
const MAX_ANSWERS = 100
const answerText = z
  .string()
  .max(1_000, 'Must have at most 1000 characters.')
  .transform(normalizeText)
  .refine(isVisible, VISIBLE)

/** Answers of a form, each key once. An error names the answer: `preChatAnswers.0.key`. */
export const preChatAnswers = z
  .array(
    z.object({
      key: line(100),
      values: z
        .array(answerText)
        .min(1, 'Must have a value.')
        .max(MAX_ANSWERS, `Must have at most ${MAX_ANSWERS} values.`),
    }),
  )
  .max(MAX_ANSWERS, `Must have at most ${MAX_ANSWERS} answers.`)
  .superRefine(refuseRepeatedKeys)

/** An optional comment, search phrase or name; empty is the same as absent. */
export const optionalLine = nullable(
  rawLine(500)
    .trim()
    .refine((value) => value === '' || isVisible(value), VISIBLE),
).transform((value) => value || null)
/**
 * Address of the page that a visitor was on. Also accepts the text `null`: browsers send it as the origin of a page
 * without one, and it is the vendor's own example of the field.
 */
export const pageAddress = line(500).refine((value) => value === 'null' || isPageAddress(value), PAGE_ADDRESS)
/** Any line that the client chose, with its spaces; some mutations require a minimum length. */
export const idempotencyKey = rawLine(200).refine(isVisible, VISIBLE)

/** Each tag can cost a call. */
export const MAX_TAGS = 25
const MAX_TAG_LENGTH = 100
const tag = line(MAX_TAG_LENGTH)
const TAG = `Each tag must be one visible line of at most ${MAX_TAG_LENGTH} characters, without control characters and bidirectional formatting characters.`

/** Tags, trimmed. Any issue is one of the whole list. */
export const tagList = z
  .array(z.string())
  .max(MAX_TAGS, `Must have at most ${MAX_TAGS} tags.`)
  .refine((tags) => tags.every((value) => tag.safeParse(value).success), TAG)
  .transform((tags) => tags.map((value) => value.trim()))
  .refine((tags) => new Set(tags).size === tags.length, 'Must not have the same tag twice.')

/** An optional input field: absent and null are equal. */
export function nullable<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null)
}

/** Parses a client's input; the first issue becomes INVALID_INPUT at its field. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalidInput(issue?.path.join('.') ?? '', issue?.message ?? 'This value is not valid.')
}

function refuseRepeatedKeys(entries: readonly { readonly key: string }[], ctx: z.RefinementCtx): void {
  const keys = new Set<string>()
  for (const [index, { key }] of entries.entries()) {
    if (keys.has(key)) ctx.addIssue({ code: 'custom', path: [index, 'key'], message: 'Must not repeat.' })
    keys.add(key)
  }
}

/** Rejects credentials before an `@`: they make a link look like one to another host. */
function isPageAddress(value: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(value) || !URL.canParse(value)) return false
  const { username, password } = new URL(value)
  return username === '' && password === ''
}
