import type { IncomingMessage } from 'node:http'
import { parseIpAddress } from './ip-address.ts'
import type { IsTrustedProxy } from './trusted-proxies.ts'

/** Whether the page that sent a request may use the gateway, according to the `Origin` header. */
export type IsAllowedOrigin = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => boolean

/** HTTP schemes by the scheme in `X-Forwarded-Proto`; some proxies send the scheme of a WebSocket. */
const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['http', 'http'],
  ['ws', 'http'],
  ['https', 'https'],
  ['wss', 'https'],
])

/**
 * Allows the configured origins, and the gateway's own origin: scheme, host and port under which the browser reached it.
 * If `allowedOrigins` contains an origin of the same host, only the configured ones count, because a network attacker
 * can forge the page of `http://gateway.example` for users of `https://gateway.example`.
 * A request without `Origin` is not a cross-origin request of a browser and passes; `null` never passes.
 */
export function createOriginCheck(
  allowedOrigins: readonly string[],
  isTrustedProxy: IsTrustedProxy,
): IsAllowedOrigin {
  const allowed = new Set(allowedOrigins)
  const configuredHosts = new Set(allowedOrigins.map((origin) => new URL(origin).host))
  return (request) => {
    const { origin } = request.headers
    if (origin === undefined || allowed.has(origin)) return true
    const gatewayUrl = requestedUrl(request, isTrustedProxy)
    return gatewayUrl !== null && gatewayUrl.origin === origin && !configuredHosts.has(gatewayUrl.host)
  }
}

/** The URL under which the browser reached the gateway; null if that is uncertain. */
function requestedUrl(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  isTrustedProxy: IsTrustedProxy,
): URL | null {
  const peer = parseIpAddress(socket.remoteAddress ?? '')
  const scheme = forwardedScheme(headers['x-forwarded-proto'])
  const isTrusted = peer !== null && isTrustedProxy(peer)
  // Any client can send the header. From an untrusted peer it proves nothing, but it may be true: then http is wrong.
  if (scheme === undefined || (!isTrusted && scheme !== 'http')) return null
  const address = `${scheme}://${headers.host}`
  return URL.canParse(address) ? new URL(address) : null
}

/** The scheme of the client's connection: `http` without a header, undefined for an unknown scheme. */
function forwardedScheme(header: string | string[] | undefined): string | undefined {
  const [first = ''] = String(header ?? 'http').split(',', 1)
  return SCHEMES.get(first.trim().toLowerCase())
}
