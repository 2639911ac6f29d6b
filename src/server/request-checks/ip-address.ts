import { isIP } from 'node:net'

/** Removes brackets, port, zone and IPv4-in-IPv6 notation from an IP address; null for anything else. */
export function parseIpAddress(text: string): string | null {
  // The usual form, which has nothing to remove.
  if (isIP(text) === 4) return text
  const trimmed = text.trim()
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1]
  const withoutPort = bracketed ?? trimmed.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  const address = withoutPort.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(address) === 0 ? null : address
}

/** Returns the canonical form of an IP address: for IPv6 that of RFC 5952, which the URL parser produces. */
export function canonicalIpAddress(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address
}
