import { isIP } from 'node:net'

/** Whether a host is this machine on any network. A name that only resolves to it does not count. */
export function isLoopback(host: string): boolean {
  const name = (/^\[(.+)\]$/.exec(host)?.[1] ?? host).toLowerCase()
  if (isIP(name) === 4) return name.startsWith('127.')
  return name === '::1' || name === 'localhost' || name.endsWith('.localhost')
}
