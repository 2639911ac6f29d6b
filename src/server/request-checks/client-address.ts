import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { canonicalIpAddress, parseIpAddress } from './ip-address.ts'
import type { IsTrustedProxy } from './trusted-proxies.ts'

/** Finds the client of a request as limits count it: an IPv4 address, or the /64 network of an IPv6 address. */
export type ClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string

/** The address of a request whose connection is already closed. */
const UNKNOWN = 'unknown'
/** A client can use any address of its /64 network (RFC 6177), so they count as one. */
const NETWORK_GROUPS = 4
const GROUPS = 8

/**
 * Finds the client's address behind trusted proxies: the last address in `X-Forwarded-For` that is not a trusted proxy.
 * Addresses before it may be invented by the client. Without trusted proxies the header is ignored.
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

/** The addresses of the header, nearest proxy first. */
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
