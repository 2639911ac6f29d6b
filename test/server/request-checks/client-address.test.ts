import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createClientAddress } from '../../../src/server/request-checks/client-address.ts'
import { createTrustedProxies } from '../../../src/server/request-checks/trusted-proxies.ts'

const PROXY = '10.1.2.3'

function addressOf(
  remoteAddress: string,
  forwardedFor?: string,
  trusted: readonly string[] = ['10.0.0.0/8'],
) {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress })
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }
  return createClientAddress(createTrustedProxies(trusted))({ headers, socket })
}

describe('the client address', () => {
  test('is that of the connection, whatever an untrusted client sends', () => {
    expect(addressOf('192.0.2.1', '198.51.100.7')).toBe('192.0.2.1')
    expect(addressOf('192.0.2.1', '198.51.100.7', [])).toBe('192.0.2.1')
  })

  test('behind a trusted proxy is the one that the proxy added', () => {
    expect(addressOf(PROXY, '198.51.100.7')).toBe('198.51.100.7')
  })

  test('is not an entry that the client wrote before those of the proxies', () => {
    expect(addressOf(PROXY, '203.0.113.9, 198.51.100.7, 10.9.9.9')).toBe('198.51.100.7')
  })

  test('is that of the proxy if its header contains no address', () => {
    expect(addressOf(PROXY, 'unknown')).toBe(PROXY)
    expect(addressOf(PROXY, '')).toBe(PROXY)
    expect(addressOf(PROXY)).toBe(PROXY)
  })

  test('is that of the last trusted proxy if every entry is trusted', () => {
    expect(addressOf(PROXY, '10.0.0.1, 10.0.0.2')).toBe('10.0.0.1')
  })

  test.each([
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:42::1', '2001:db8:0:42::/64'],
    ['2001:DB8:0:42:ffff:ffff:ffff:ffff', '2001:db8:0:42::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ])('counts %s as %s', (address, network) => {
    expect(addressOf(address)).toBe(network)
  })

  test.each([
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['198.51.100.7:50000', '198.51.100.7'],
  ])('reads the forwarded entry %s', (entry, network) => {
    expect(addressOf(PROXY, entry)).toBe(network)
  })

  test('accepts IPv6 proxies and single addresses', () => {
    expect(addressOf('::1', '198.51.100.7', ['::1'])).toBe('198.51.100.7')
    expect(addressOf('fd00::9', '198.51.100.7', ['fd00::/8'])).toBe('198.51.100.7')
    expect(addressOf('fe00::9', '198.51.100.7', ['fd00::/8'])).toBe('fe00:0:0:0::/64')
  })

  test('of a closed connection is unknown', () => {
    expect(createClientAddress(createTrustedProxies([]))({ headers: {}, socket: new Socket() })).toBe(
      'unknown',
    )
  })
})
