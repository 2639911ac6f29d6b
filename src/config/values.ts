import { isIP } from 'node:net'
import { z } from 'zod'
import { anyText, oneOf } from '../providers/shared/setting-values.ts'
import { isLoopback } from './loopback.ts'

// Parsers of values that only the gateway's own settings have. Messages follow the rules of setting-values.ts.

/** A whole number in decimal digits, both ends included. */
export function integer(from: number, to: number): z.ZodType<number, string> {
  const isInRange = (value: string) =>
    /^(0|[1-9]\d*)$/.test(value) && Number(value) >= from && Number(value) <= to
  return anyText.refine(isInRange, `must be a whole number from ${from} to ${to}`).transform(Number)
}

/** A secret from which a key is derived: too long to be guessed. */
export const secret = anyText.refine(
  (value) => value.length >= 32,
  'must have at least 32 characters; create it at random',
)

/** A duration of at least 1 ms and at most what a timer of the runtime can hold. */
export const milliseconds = integer(1, 2 ** 31 - 1)

/** A switch. */
export const onOff = oneOf('on', 'off').transform((value) => value === 'on')

/** A name or address to listen on, without scheme or port. */
export const host = anyText.refine(
  (value) => isIP(value) !== 0 || /^[a-z0-9][a-z0-9._-]{0,252}$/i.test(value),
  'must be a host name or an IP address, without scheme or port',
)

/** A PostgreSQL connection address. It usually holds a password. */
export const databaseUrl = anyText.refine(
  (value) => /^postgres(ql)?:\/\/\S+$/i.test(value) && URL.canParse(value),
  'must be an address that starts with postgres:// or postgresql://',
)

/** Comma-separated entries; spaces around an entry do not count. */
export function list(entry: z.ZodType<string, string>) {
  return anyText.transform((value) => value.split(',').map((part) => part.trim())).pipe(z.array(entry))
}

/** Exact origins, spelled as browsers send them: any other spelling never matches. */
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

/** Host names as browsers send them in `Host`, without scheme and port; compared in lower case. */
export const hosts = list(
  z
    .string()
    .refine(
      (value) => isIP(withoutBrackets(value)) !== 0 || /^[a-z0-9][a-z0-9.-]{0,252}$/i.test(value),
      'must be a host name or an IP address, without scheme, port or wildcard',
    ),
).transform((entries) => entries.map((entry) => withoutBrackets(entry).toLowerCase()))

function withoutBrackets(value: string): string {
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

/** The address of a JWKS. Anyone who can change its response becomes an operator, so it must be encrypted on the way. */
export const jwksUrl = anyText.refine((value) => {
  if (!/^https?:\/\/[^\s#\\]+$/i.test(value) || !URL.canParse(value)) return false
  const { protocol, hostname, username, password } = new URL(value)
  return username === '' && password === '' && (protocol === 'https:' || isLoopback(hostname))
}, 'must be an https address without user, password or fragment; http is for loopback addresses only')
