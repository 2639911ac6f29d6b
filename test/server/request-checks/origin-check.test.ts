import { describe, expect, it } from 'vitest'
import type { Config } from '../../../src/config/index.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { requestWithHost } from '../../support/http.ts'
import { connectAs, rejectedUpgradeStatus } from '../../support/raw-socket.ts'
import { Viewer } from '../documents.ts'

const query = Viewer.toString()
const PROXIED: Partial<Config> = { trustedProxies: ['127.0.0.1'], allowedHosts: ['gateway.example'] }

/** Whether a page of this origin may use the gateway. Both transports must agree. */
async function isAllowed(
  config: Partial<Config>,
  origin: (own: string) => string,
  headers: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const { url } = await openGatewayWithoutProviders(config)
  const sent = { ...headers, origin: origin(new URL(url).origin) }
  const { headers: answered } = await requestWithHost(url, {
    method: 'POST',
    headers: { ...sent, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const byHttp = answered.get('access-control-allow-origin') === sent.origin
  if (byHttp) await connectAs(url, {}, { headers: sent })
  else expect(await rejectedUpgradeStatus(url, { headers: sent })).toBe(403)
  return byHttp
}

describe('without a proxy', () => {
  it.each<[page: string, origin: (own: string) => string, expected: boolean]>([
    ['the same origin', (own) => own, true],
    ['another scheme', (own) => own.replace('http:', 'https:'), false],
    ['another port', (own) => own.replace(/\d+$/, '1'), false],
    ['another host', (own) => own.replace('127.0.0.1', 'localhost'), false],
  ])('a page of %s', async (_, origin, expected) => {
    expect(await isAllowed({}, origin)).toBe(expected)
  })

  it('no client can claim that the scheme was https', async () => {
    const secure = (own: string) => own.replace('http:', 'https:')
    expect(await isAllowed({}, secure, { 'x-forwarded-proto': 'https' })).toBe(false)
  })
})

describe('with a trusted proxy', () => {
  it.each<[scheme: string, origin: string, expected: boolean]>([
    ['https', 'https://gateway.example', true],
    ['https', 'http://gateway.example', false],
    ['https', 'https://gateway.example:8443', false],
    ['wss', 'https://gateway.example', true],
    ['https, http', 'https://gateway.example', true],
    ['http', 'http://gateway.example', true],
    ['http', 'https://gateway.example', false],
    ['gopher', 'https://gateway.example', false],
  ])('that sends the scheme %s, the page of %s', async (scheme, origin, expected) => {
    const headers = { host: 'gateway.example', 'x-forwarded-proto': scheme }
    expect(await isAllowed(PROXIED, () => origin, headers)).toBe(expected)
  })

  it('the port is the browser’s', async () => {
    const headers = { host: 'gateway.example:8443', 'x-forwarded-proto': 'https' }
    expect(await isAllowed(PROXIED, () => 'https://gateway.example:8443', headers)).toBe(true)
  })
})

describe('with a proxy that is not trusted', () => {
  const untrusted: Partial<Config> = { ...PROXIED, trustedProxies: [] }
  const headers = { host: 'gateway.example', 'x-forwarded-proto': 'https' }

  it.each(['http', 'https'])('no page of the gateway’s host has the same origin: %s', async (scheme) => {
    expect(await isAllowed(untrusted, () => `${scheme}://gateway.example`, headers)).toBe(false)
  })

  it('its own origin can be configured, and then only that one counts', async () => {
    const configured = { ...untrusted, allowedOrigins: ['https://gateway.example'] }
    const host = { host: 'gateway.example' }
    expect(await isAllowed(configured, () => 'https://gateway.example', host)).toBe(true)
    expect(await isAllowed(configured, () => 'http://gateway.example', host)).toBe(false)
  })
})
