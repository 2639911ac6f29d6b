import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

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
 * `trustedProxies` holds IP addresses and CIDR ranges; without any, the header is ignored.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trusted = toBlockList(trustedProxies)
  const isTrusted = (address: string): boolean =>
    trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return ({ headers, socket }) => {
    let address = plainAddress(socket.remoteAddress ?? '')
    if (address === null) return UNKNOWN
    for (const hop of forwardedFor(headers['x-forwarded-for'])) {
      if (!isTrusted(address)) break
      const previous = plainAddress(hop)
      if (previous === null) break
      address = previous
    }
    return toNetwork(address)
  }
}

function toBlockList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}

/** The addresses of the header, nearest hop first. */
function forwardedFor(header: string | string[] | undefined): readonly string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  return text === '' ? [] : text.split(',').reverse()
}

/** An IP address without brackets, port, zone and IPv4-in-IPv6 notation; null for anything else. */
function plainAddress(text: string): string | null {
  const trimmed = text.trim()
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1]
  const withoutPort = bracketed ?? trimmed.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  const address = withoutPort.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(address) === 0 ? null : address
}

function toNetwork(address: string): string {
  if (isIP(address) === 4) return address
  return `${groupsOf(address).slice(0, NETWORK_GROUPS).join(':')}::/64`
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): readonly string[] {
  // The URL parser writes every spelling of an address in the one of RFC 5952.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  return [...left, ...Array<string>(GROUPS - left.length - right.length).fill('0'), ...right]
}
