import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { canonicalIpAddress, parseIpAddress } from './ip-address.ts'

/** Whether a request's `Host` is a name of this gateway. */
export type IsAllowedHost = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => boolean

/** The settings that say under which names the gateway is reached. */
export interface HostSettings {
  /** The name or address that the gateway listens on. */
  readonly host: string
  /** Names in lower case and addresses without brackets; null for the default. */
  readonly allowedHosts: readonly string[] | null
  readonly allowedOrigins: readonly string[]
}

const LOCAL = ['localhost', '127.0.0.1', '[::1]']
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::'])
/** A name or a bracketed IPv6 address, with or without a port (RFC 9110, 7.2); a trailing dot ends a full name. */
const HOST = /^(?:\[([\da-f:.]+)\]|([\w-]+(?:\.[\w-]+)*)\.?)(?::\d{1,5})?$/i

/**
 * Stops DNS rebinding: a page whose own name was pointed at the gateway's address is of the gateway's own origin for
 * its browser, but the browser still sends the page's name as `Host`. The port does not matter, and an address in
 * place of a name is the one that was connected to, so it always passes.
 */
export function createHostCheck(settings: HostSettings): IsAllowedHost {
  const names = allowedNames(settings)
  if (names === null) return () => true
  return ({ headers, socket }) => {
    const name = nameOf(headers.host)
    return name !== null && (names.has(name) || isLocalAddress(name, socket.localAddress))
  }
}

/** Null where every name is allowed: nothing says under which ones a wildcard address is reached. */
function allowedNames({ host, allowedHosts, allowedOrigins }: HostSettings): ReadonlySet<string> | null {
  const own = nameOf(bracketed(host))
  if (allowedHosts === null && own !== null && WILDCARDS.has(own)) return null
  const hosts = allowedHosts?.map(bracketed) ?? [
    bracketed(host),
    ...LOCAL,
    ...allowedOrigins.map((origin) => new URL(origin).host),
  ]
  return new Set(hosts.map(nameOf).filter((name) => name !== null))
}

function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host
}

/** The name in a `Host` header, in lower case and without port; null for a malformed header or none. */
function nameOf(host: string | undefined): string | null {
  const [, address, name] = HOST.exec(host ?? '') ?? []
  if (name !== undefined) return name.toLowerCase()
  return address !== undefined && isIP(address) === 6 ? canonicalIpAddress(address) : null
}

function isLocalAddress(name: string, localAddress: string | undefined): boolean {
  const local = isIP(name) === 0 ? null : parseIpAddress(localAddress ?? '')
  return local !== null && name === canonicalIpAddress(local)
}
