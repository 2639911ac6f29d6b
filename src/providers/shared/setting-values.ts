import { z } from 'zod'

// One parser for each kind of value. Messages continue the setting's name and never repeat the value:
// it may be a secret in the wrong place.

/** Any text. */
export const anyText = z.string({
  error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text in quotes'),
})

/** One line of text, for instance a login or a department. */
export const text = anyText.regex(
  /^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u,
  'must be one line, not empty, without spaces at either end',
)

/** An id or a token that travels in a header: visible ASCII. */
export const token = anyText.regex(/^[\x21-\x7e]+$/, 'must be letters, digits and signs without spaces')

/** A base address, normalized: with its base path and without a trailing slash. */
export const httpUrl = anyText
  .refine(isPlainHttpUrl, 'must be an http or https address without user, password, query or fragment')
  .transform((value) => {
    const { origin, pathname } = new URL(value)
    return origin + pathname.replace(/\/+$/, '')
  })

function isPlainHttpUrl(value: string): boolean {
  if (!/^https?:\/\/[^\s?#\\]+$/i.test(value) || !URL.canParse(value)) return false
  const { username, password } = new URL(value)
  return username === '' && password === ''
}

/** An IANA time zone name. */
export const timeZone = anyText.refine((value) => {
  try {
    // Newer runtimes accept offsets too. An offset has no daylight saving time, so only names pass.
    return /^[a-z]/i.test(value) && Boolean(new Intl.DateTimeFormat('en', { timeZone: value }))
  } catch {
    return false
  }
}, 'must be an IANA time zone, such as Europe/Warsaw')

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(
  ...words: Words
): z.ZodType<Words[number], string> {
  return z.enum(words, { error: `must be one of ${words.join(', ')}` })
}

/** Name of the variable for a setting's key: `offlineHost` is `OFFLINE_HOST`. */
export function toVariableName(key: string): string {
  return key.replace(/[A-Z]/g, '_$&').toUpperCase()
}

/**
 * Creates the function that names settings in messages, by key and by variable, since the account may be described by
 * PROVIDERS_FILE or by the environment: `login and apiKey (LIVECHAT_LOGIN and LIVECHAT_API_KEY in the environment)`.
 */
export function createSettingNames<Key extends string>(variablePrefix: string) {
  return (...keys: readonly Key[]): string => {
    const variables = keys.map((key) => variablePrefix + toVariableName(key))
    return `${keys.join(' and ')} (${variables.join(' and ')} in the environment)`
  }
}
