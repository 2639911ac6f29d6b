import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { canonicalIpAddress, parseIpAddress } from './ip-address.ts'
import type { IsTrustedProxy } from './trusted-proxies.ts'

/** The client of a request as limits count it: an IPv4 address, or the /64 network of an IPv6 address. */
export type ClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string

/** The address of a request whose connection is already gone. */
const UNKNOWN = 'unknown'
/** A client chooses freely among the addresses of its own /64 (RFC 6177), so they count as one. */
const NETWORK_GROUPS = 4
const GROUPS = 8

/**
 * Finds the client's address behind trusted proxies. It walks `X-Forwarded-For` from the right and takes the first
 * address that is not a trusted proxy's: what stands further left was written by the client itself.
 * Without trusted proxies the header is ignored.
 */
export function createClientAddress(isTrustedProxy: IsTrustedProxy): ClientAddress {
  return ({ headers, socket }) => {
    let address = parseIpAddress(socket.remoteAddress ?? '')
    if (address === null) return UNKNOWN
    for (const hop of forwardedFor(headers['x-forwarded-for'])) {
      if (!isTrustedProxy(address)) break
      const previous = parseIpAddress(hop)
      if (previous === null) break
      address = previous
    }
    return toNetwork(address)
  }
}

/** The addresses of the header, nearest hop first. */
function forwardedFor(header: string | string[] | undefined): readonly string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  return text === '' ? [] : text.split(',').reverse()
}

function toNetwork(address: string): string {
  if (isIP(address) === 4) return address
  return `${groupsOf(address).slice(0, NETWORK_GROUPS).join(':')}::/64`
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = canonicalIpAddress(address).split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  return [...left, ...Array<string>(GROUPS - left.length - right.length).fill('0'), ...right]
}
