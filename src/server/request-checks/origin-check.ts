import type { IncomingMessage } from 'node:http'
import { parseIpAddress } from './ip-address.ts'
import type { IsTrustedProxy } from './trusted-proxies.ts'

/** Whether the browser page that sent a request may use the gateway, by the request's `Origin`. */
export type IsAllowedOrigin = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => boolean

/** The scheme that a proxy announces; some announce a WebSocket's own. */
const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['http', 'http'],
  ['ws', 'http'],
  ['https', 'https'],
  ['wss', 'https'],
])

/**
 * Allows the configured origins, and the origin under which the browser reached the gateway: scheme, host and port.
 * Where `allowedOrigins` names an origin of that host, only the configured ones count: the page of
 * `http://gateway.example`, which a network attacker can write, is no page of `https://gateway.example`.
 * A request without `Origin` is not a browser's cross-origin request and passes; `null` never does.
 */
export function createOriginCheck(
  allowedOrigins: readonly string[],
  isTrustedProxy: IsTrustedProxy,
): IsAllowedOrigin {
  const allowed = new Set(allowedOrigins)
  const namedHosts = new Set(allowedOrigins.map((origin) => new URL(origin).host))
  return (request) => {
    const { origin } = request.headers
    if (origin === undefined || allowed.has(origin)) return true
    const own = ownOrigin(request, isTrustedProxy)
    return own !== null && own.origin === origin && !namedHosts.has(own.host)
  }
}

/** The address under which the browser reached the gateway; null where that is uncertain. */
function ownOrigin(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  isTrustedProxy: IsTrustedProxy,
): URL | null {
  const peer = parseIpAddress(socket.remoteAddress ?? '')
  const announced = announcedScheme(headers['x-forwarded-proto'])
  const isTrusted = peer !== null && isTrustedProxy(peer)
  // Any client can write the header. From a stranger it proves nothing, but it may be the truth: then http is wrong.
  if (announced === undefined || (!isTrusted && announced !== 'http')) return null
  const address = `${announced}://${headers.host}`
  return URL.canParse(address) ? new URL(address) : null
}

/** The scheme of the client's own connection: `http` without a header, undefined for one that is not understood. */
function announcedScheme(header: string | string[] | undefined): string | undefined {
  const [first = ''] = String(header ?? 'http').split(',', 1)
  return SCHEMES.get(first.trim().toLowerCase())
}
