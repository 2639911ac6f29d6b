import { BlockList, isIP } from 'node:net'

/** Whether an IP address belongs to a proxy whose `X-Forwarded-*` headers are trusted. */
export type IsTrustedProxy = (address: string) => boolean

/** Creates the check from IP addresses and CIDR ranges. Without any, no proxy is trusted. */
export function createTrustedProxies(ranges: readonly string[]): IsTrustedProxy {
  const trusted = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    if (prefix === undefined) trusted.addAddress(address, familyOf(address))
    else trusted.addSubnet(address, Number(prefix), familyOf(address))
  }
  return (address) => trusted.check(address, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
