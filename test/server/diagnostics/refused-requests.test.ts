import { describe, expect, it } from 'vitest'
import type { Config } from '../../../src/config/index.ts'
import { createLog } from '../../../src/log.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { endpointUrl, post, request, requestWithHost } from '../../support/http.ts'
import { connectAs, openRawSocket, rejectedUpgradeStatus } from '../../support/raw-socket.ts'
import { asVisitor, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Viewer } from '../documents.ts'
import { makeKey, openJwtIssuer, sign } from '../identity/jwt-issuer.ts'

const query = Viewer.toString()
const LISTEN = 'subscription { roomActivity { id } }'
const PROXY = { 'x-forwarded-for': '198.51.100.7' }
const WRONG_KEY = 'wrong-key-0123456789'
const MEBIBYTE = 1024 * 1024

async function openLogged(config: Partial<Config> = {}) {
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) })
  const { url } = await openGatewayWithoutProviders({ trustedProxies: ['127.0.0.1'], ...config }, { log })
  /** Waits for the only log line with this reason, and returns it with the value of the counter. */
  const refusal = async (reason: string) => {
    const of = () => lines.filter((line) => line['msg'] === 'request refused' && line['reason'] === reason)
    await waitUntil(() => of().length > 0)
    const { text } = await request(endpointUrl(url, '/metrics'))
    const [, count] =
      new RegExp(`^switchboard_refused_requests_total{reason="${reason}"} (\\d+)$`, 'm').exec(text) ?? []
    expect(of()).toHaveLength(1)
    return { line: of()[0], count }
  }
  return { url, lines, refusal }
}

const refused = { line: { address: '198.51.100.7', level: 40 }, count: '1' }

describe('over HTTP, one log line and one count for', () => {
  it('a wrong key', async () => {
    const { url, lines, refusal } = await openLogged()
    await post(url, { query }, { ...PROXY, authorization: `Bearer ${WRONG_KEY}` })
    expect(await refusal('operator_key')).toMatchObject(refused)
    expect(JSON.stringify(lines)).not.toContain(WRONG_KEY)
  })

  it('a JWT, with the check that failed', async () => {
    const key = await makeKey('ES256')
    const { jwt } = await openJwtIssuer(key)
    const { url, lines, refusal } = await openLogged({ jwt })
    const token = await sign(key, { iss: 'https://elsewhere.test/' })
    await post(url, { query }, { ...PROXY, authorization: `Bearer ${token}` })
    expect(await refusal('jwt')).toMatchObject({ ...refused, line: { ...refused.line, detail: 'claim iss' } })
    expect(JSON.stringify(lines)).not.toContain(token.slice(0, 20))
  })

  it('a malformed visitor token', async () => {
    const { url, refusal } = await openLogged()
    await post(url, { query }, { ...PROXY, ...asVisitor('x'.repeat(513)) })
    expect(await refusal('visitor_token')).toMatchObject(refused)
  })

  it('an origin that is not allowed', async () => {
    const { url, refusal } = await openLogged()
    await request(url, { method: 'OPTIONS', headers: { ...PROXY, origin: 'https://evil.example' } })
    expect(await refusal('origin')).toMatchObject(refused)
  })

  it('a host that is not allowed', async () => {
    const { url, refusal } = await openLogged()
    await requestWithHost(endpointUrl(url, '/metrics'), { headers: { ...PROXY, host: 'evil.example' } })
    expect(await refusal('host')).toMatchObject(refused)
  })

  it('a body that is too large', async () => {
    const { url, refusal } = await openLogged()
    await post(url, { query: query.padEnd(MEBIBYTE) }, PROXY)
    expect(await refusal('request_size')).toMatchObject(refused)
  })

  it('a subscription above the limit', async () => {
    const { url, refusal } = await openLogged({ maxSubscriptionsPerCaller: 1 })
    const headers = { ...PROXY, authorization: `Bearer ${OPERATOR_KEY}`, accept: 'text/event-stream' }
    const held = new AbortController()
    const first = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: LISTEN }),
      signal: held.signal,
    })
    expect(first.status).toBe(200)
    expect((await post(url, { query: LISTEN }, headers)).status).toBe(429)
    expect(await refusal('subscriptions')).toMatchObject({ ...refused, line: { operator: 'tester' } })
    held.abort()
  })
})

describe('over a WebSocket, one log line and one count for', () => {
  it.each([
    ['operator_key', { authorization: `Bearer ${WRONG_KEY}` }],
    ['visitor_token', { visitorToken: '' }],
  ])('a wrong credential: %s', async (reason, payload) => {
    const { url, refusal } = await openLogged()
    const { send, closed } = await openRawSocket(url, { headers: PROXY })
    send({ type: 'connection_init', payload })
    expect(await closed).toMatchObject({ code: 4403 })
    expect(await refusal(reason)).toMatchObject(refused)
  })

  it.each([
    ['origin', 403],
    ['host', 421],
  ])('a %s that is not allowed', async (header, status) => {
    const { url, refusal } = await openLogged()
    const headers = { ...PROXY, [header]: header === 'host' ? 'evil.example' : 'https://evil.example' }
    expect(await rejectedUpgradeStatus(url, { headers })).toBe(status)
    expect(await refusal(header)).toMatchObject(refused)
  })

  it('a frame that is too large', async () => {
    const { url, refusal } = await openLogged()
    const { send, closed } = await openRawSocket(url, { headers: PROXY })
    send(' '.repeat(MEBIBYTE + 1))
    expect(await closed).toMatchObject({ code: 1009 })
    expect(await refusal('request_size')).toMatchObject(refused)
  })

  it('a subscription above the limit', async () => {
    const { url, refusal } = await openLogged({ maxSubscriptionsPerSocket: 1 })
    const socket = await connectAs(url, { authorization: `Bearer ${OPERATOR_KEY}` }, { headers: PROXY })
    for (const id of ['1', '2']) socket.subscribe(id, { query: LISTEN })
    expect(await socket.next()).toMatchObject({ id: '2', type: 'error' })
    expect(await refusal('subscriptions')).toMatchObject({ ...refused, line: { operator: 'tester' } })
  })
})
