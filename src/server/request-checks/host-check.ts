import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { canonicalIpAddress, parseIpAddress } from './ip-address.ts'

/** Whether the `Host` header of a request names this gateway. */
export type IsAllowedHost = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => boolean

/** The settings from which the gateway's names follow. */
export interface HostSettings {
  /** The name or address on which the gateway listens. */
  readonly host: string
  /** Names in lower case and addresses without brackets; null for the default. */
  readonly allowedHosts: readonly string[] | null
  readonly allowedOrigins: readonly string[]
}

const LOCAL = ['localhost', '127.0.0.1', '[::1]']
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::'])
/** A name, possibly with a trailing dot, or a bracketed IPv6 address; each with or without a port (RFC 9110, 7.2). */
const HOST = /^(?:\[([\da-f:.]+)\]|([\w-]+(?:\.[\w-]+)*)\.?)(?::\d{1,5})?$/i

/**
 * Prevents DNS rebinding: an attacker's page whose name resolves to the gateway's address has the gateway's origin for
 * its browser, but the browser still sends the page's name as `Host`. The port is ignored. An address instead of a name
 * passes if it is the one to which the client connected.
 */
export function createHostCheck(settings: HostSettings): IsAllowedHost {
  const names = allowedNames(settings)
  if (names === null) return () => true
  return ({ headers, socket }) => {
    const name = nameOf(headers.host)
    return name !== null && (names.has(name) || isLocalAddress(name, socket.localAddress))
  }
}

/** Null if every name is allowed: the names of a gateway on a wildcard address are unknown unless configured. */
function allowedNames({ host, allowedHosts, allowedOrigins }: HostSettings): ReadonlySet<string> | null {
  const name = nameOf(bracketed(host))
  if (allowedHosts === null && name !== null && WILDCARDS.has(name)) return null
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

/** The name in a `Host` header, in lower case and without port; null for a malformed or missing header. */
function nameOf(host: string | undefined): string | null {
  const [, address, name] = HOST.exec(host ?? '') ?? []
  if (name !== undefined) return name.toLowerCase()
  return address !== undefined && isIP(address) === 6 ? canonicalIpAddress(address) : null
}

function isLocalAddress(name: string, localAddress: string | undefined): boolean {
  const local = isIP(name) === 0 ? null : parseIpAddress(localAddress ?? '')
  return local !== null && name === canonicalIpAddress(local)
}
