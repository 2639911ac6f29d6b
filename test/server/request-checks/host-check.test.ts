import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../../src/config/index.ts'
import { createHostCheck } from '../../../src/server/request-checks/host-check.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { endpointUrl, parseAnswer, requestWithHost } from '../../support/http.ts'
import { connectAs, rejectedUpgradeStatus } from '../../support/raw-socket.ts'
import { Viewer } from '../documents.ts'

const query = Viewer.toString()
const MISDIRECTED = 421

async function isAllowed(host: string, config: Partial<Config> = {}): Promise<boolean> {
  const { url } = await openGatewayWithoutProviders(config)
  const headers = { host, 'content-type': 'application/json' }
  const { status } = await requestWithHost(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  if (status === 200) await connectAs(url, {}, { headers: { host } })
  else expect(await rejectedUpgradeStatus(url, { headers: { host } })).toBe(MISDIRECTED)
  return status === 200
}

describe('by default', () => {
  it.each(['localhost', 'LocalHost:4000', 'localhost.', '127.0.0.1', '127.0.0.1:1', '[::1]:4000'])(
    'the gateway is reached as %s',
    async (host) => {
      expect(await isAllowed(host)).toBe(true)
    },
  )

  it.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.0.2.1',
    '[::2]',
    'user@localhost',
    'localhost/',
    'localhost:',
    '::1',
    '[localhost]',
    'localhost..',
  ])('rejects the host %s', async (host) => {
    expect(await isAllowed(host)).toBe(false)
  })

  it('allows the hosts of the allowed origins', async () => {
    const config = { allowedOrigins: ['https://gateway.example', 'http://[2001:db8::1]:8080'] }
    expect(await isAllowed('gateway.example', config)).toBe(true)
    expect(await isAllowed('[2001:DB8:0::1]', config)).toBe(true)
    expect(await isAllowed('shop.example', config)).toBe(false)
  })

  it.each(['0.0.0.0', '::'])('allows every name if it listens on %s', async (host) => {
    expect(await isAllowed('evil.example', { host })).toBe(true)
  })
})

describe('with ALLOWED_HOSTS', () => {
  it('allows only these names, and the address to which the client connected', async () => {
    const config = { allowedHosts: ['gateway.example'], host: '0.0.0.0' }
    expect(await isAllowed('gateway.example:443', config)).toBe(true)
    expect(await isAllowed('127.0.0.1', config)).toBe(true)
    expect(await isAllowed('127.0.0.2', config)).toBe(false)
    expect(await isAllowed('localhost', config)).toBe(false)
  })

  it('allows the own address of an IPv6 socket in any form', () => {
    const isAllowedHost = createHostCheck({ host: '::', allowedHosts: ['a.example'], allowedOrigins: [] })
    const reached = (host: string, localAddress: string) => {
      const socket = Object.defineProperty(new Socket(), 'localAddress', { value: localAddress })
      return isAllowedHost({ headers: { host }, socket })
    }
    expect(reached('[2001:db8:0:0::1]:80', '2001:db8::1')).toBe(true)
    expect(reached('[2001:db8::2]', '2001:db8::1')).toBe(false)
    expect(reached('192.0.2.1', '::ffff:192.0.2.1')).toBe(true)
  })
})

describe('under another name', () => {
  const headers = { host: 'evil.example' }

  it.each(['GET', 'POST', 'OPTIONS'])('%s to GraphQL gets a GraphQL error', async (method) => {
    const { url } = await openGatewayWithoutProviders()
    const reply = await requestWithHost(url, { method, headers })
    expect(reply.status).toBe(MISDIRECTED)
    expect(parseAnswer(reply)).toEqual({
      errors: [
        { message: expect.stringContaining('ALLOWED_HOSTS'), extensions: { code: 'MISDIRECTED_REQUEST' } },
      ],
    })
  })

  it.each(['/', '/widget/', '/sandbox.json', '/metrics'])('%s reveals nothing', async (path) => {
    const { url } = await openGatewayWithoutProviders(
      { console: true },
      { sandboxKey: 'the-key-of-the-sandbox' },
    )
    const { status, text } = await requestWithHost(endpointUrl(url, path), { headers })
    expect(status).toBe(MISDIRECTED)
    expect(text).not.toContain('the-key-of-the-sandbox')
  })

  it.each(['/health', '/ready'])('load balancers may request %s', async (path) => {
    const { url } = await openGatewayWithoutProviders()
    expect((await requestWithHost(endpointUrl(url, path), { headers })).status).toBe(200)
  })

  it('vendors may send webhooks', async () => {
    const { url } = await openGatewayWithoutProviders()
    const { status } = await requestWithHost(endpointUrl(url, '/webhooks/nobody'), {
      method: 'POST',
      headers,
    })
    expect(status).toBe(404)
  })
})
