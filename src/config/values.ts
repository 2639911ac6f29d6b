import { isIP } from 'node:net'
import { z } from 'zod'
import { isLoopback } from './loopback.ts'

// One parser for each shape of value. Messages go on from the variable's name and never repeat the value:
// it may be a secret in the wrong place.

/** A text, whatever it says. */
export const given = z.string({
  error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text in quotes'),
})

/** One line of text, for instance a login or a department. */
export const text = given.regex(
  /^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u,
  'must be one line, not empty, without spaces at either end',
)

/** An id or a token that travels in a header: visible ASCII. */
export const token = given.regex(/^[\x21-\x7e]+$/, 'must be letters, digits and signs without spaces')

/** A whole number in decimal digits, both ends included. */
export function integer(from: number, to: number): z.ZodType<number, string> {
  const inRange = (value: string) =>
    /^(0|[1-9]\d*)$/.test(value) && Number(value) >= from && Number(value) <= to
  return given.refine(inRange, `must be a whole number from ${from} to ${to}`).transform(Number)
}

/** A duration of at least 1 ms, at most what a timer of the runtime can hold. */
export const milliseconds = integer(1, 2 ** 31 - 1)

/** A name or address to listen on, without scheme or port. */
export const host = given.refine(
  (value) => isIP(value) !== 0 || /^[a-z0-9][a-z0-9._-]{0,252}$/i.test(value),
  'must be a host name or an IP address, without scheme or port',
)

/** A base address; gives it normalised, with its base path and without a trailing slash. */
export const httpUrl = given
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

/** A PostgreSQL connection address. It usually holds a password. */
export const databaseUrl = given.refine(
  (value) => /^postgres(ql)?:\/\/\S+$/i.test(value) && URL.canParse(value),
  'must be an address that starts with postgres:// or postgresql://',
)

/** An IANA time zone name. */
export const timeZone = given.refine((value) => {
  try {
    // Newer runtimes take offsets as well; those know no daylight saving, so only names pass.
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

/** Comma separated entries; spaces around an entry do not count. */
export function list(entry: z.ZodType<string, string>) {
  return given.transform((value) => value.split(',').map((part) => part.trim())).pipe(z.array(entry))
}

/** Exact origins, in the very spelling in which browsers send them: anything else would never match. */
export const origins = list(
  z
    .string()
    .refine(
      isExactOrigin,
      'must be an origin as browsers send it, such as https://shop.example: no path, default port or wildcard',
    ),
)

function isExactOrigin(value: string): boolean {
  if (!URL.canParse(value) || value.includes('*')) return false
  const { protocol, host } = new URL(value)
  return host !== '' && value === `${protocol}//${host}`
}

/** Host names as browsers send them in `Host`: without scheme and port; compared in lower case. */
export const hosts = list(
  z
    .string()
    .refine(
      (value) => isIP(unbracketed(value)) !== 0 || /^[a-z0-9][a-z0-9.-]{0,252}$/i.test(value),
      'must be a host name or an IP address, without scheme, port or wildcard',
    ),
).transform((entries) => entries.map((entry) => unbracketed(entry).toLowerCase()))

function unbracketed(value: string): string {
  return /^\[(.+)\]$/.exec(value)?.[1] ?? value
}

/** IP addresses and CIDR ranges. */
export const addressRanges = list(
  z.string().refine(isAddressRange, 'must be an IP address or a range such as 10.0.0.0/8'),
)

function isAddressRange(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
}

/** The address of a JWKS: who can change what it answers is an operator, so nobody on the way may. */
export const jwksUrl = given.refine((value) => {
  if (!/^https?:\/\/[^\s#\\]+$/i.test(value) || !URL.canParse(value)) return false
  const { protocol, hostname, username, password } = new URL(value)
  return username === '' && password === '' && (protocol === 'https:' || isLoopback(hostname))
}, 'must be an https address without user, password or fragment; http is for loopback addresses only')
