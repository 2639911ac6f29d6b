import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { asAnn } from '../../recipes/support/recipe-gateway.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { endpointUrl, type HttpReply, request } from '../../support/http.ts'
import { createLogSink } from '../../support/log.ts'
import { asOperator, asVisitor, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { makeKey, openJwtIssuer, sign } from '../identity/jwt-issuer.ts'
import { callTool, connectMcp, mcpUrl } from './mcp-client.ts'
import { openWorkingRoom } from './working-room.ts'

const SHOP = 'https://shop.example'
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-06-18',
}

type Headers = Readonly<Record<string, string>>

function post(gatewayUrl: string, body: unknown, headers: Headers = asOperator): Promise<HttpReply> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return request(mcpUrl(gatewayUrl), { method: 'POST', headers: { ...HEADERS, ...headers }, body: text })
}

const openGateway = (config = {}) => openGatewayWithoutProviders({ mcp: true, ...config })

it('is not there unless it is turned on', async () => {
  const { url } = await openGatewayWithoutProviders()
  expect((await post(url, LIST)).status).toBe(404)
})

describe('the caller', () => {
  it.each<[string, Headers]>([
    ['no credential', {}],
    ['a wrong key', { authorization: 'Bearer wrong-key-of-an-operator' }],
    ['a visitor token', asVisitor('a-token-of-a-visitor')],
  ])('with %s is refused with 401', async (_credential, headers) => {
    const { url } = await openGateway()
    const reply = await post(url, LIST, headers)
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer')
    expect(JSON.parse(reply.text)).toMatchObject({
      jsonrpc: '2.0',
      id: null,
      error: { data: { code: 'UNAUTHENTICATED' } },
    })
  })

  it('without a valid key is an error of the official client', async () => {
    const { url } = await openGateway()
    await expect(connectMcp(url, { authorization: 'Bearer wrong-key-of-an-operator' })).rejects.toThrow()
  })

  it('with a key receives its tools, which no cache may keep', async () => {
    const { url } = await openGateway()
    const reply = await post(url, LIST)
    expect(reply.status).toBe(200)
    expect(reply.text).toContain('"list_open_rooms"')
    expect(reply.headers.get('cache-control')).toBe('no-store')
  })
})

it('an operator may send a JWT, and one that is not valid is refused', async () => {
  const key = await makeKey('RS256')
  const issuer = await openJwtIssuer(key)
  const { url } = await openGateway({ operators: [{ name: 'ann', subject: 'idp|ann' }], jwt: issuer.jwt })
  const client = await connectMcp(url, { authorization: `Bearer ${await sign(key)}` })
  expect(await callTool(client, 'list_providers')).toMatchObject({ data: { viewer: { name: 'ann' } } })
  const refused = await post(url, LIST, { authorization: `Bearer ${await sign(key, { aud: 'elsewhere' })}` })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
})

describe('a page', () => {
  it('of another origin is refused', async () => {
    const { url } = await openGateway({ allowedOrigins: [SHOP] })
    expect((await post(url, LIST, { ...asOperator, origin: 'https://evil.example' })).status).toBe(403)
  })

  it('of an allowed origin may send the headers of the protocol', async () => {
    const { url } = await openGateway({ allowedOrigins: [SHOP] })
    const headers = { origin: SHOP, 'access-control-request-method': 'POST' }
    const preflight = await request(mcpUrl(url), { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')?.split(', ')).toEqual(
      expect.arrayContaining(['authorization', 'mcp-protocol-version', 'mcp-session-id']),
    )
    const reply = await post(url, LIST, { ...asOperator, origin: SHOP })
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([200, SHOP])
  })
})

describe('a request', () => {
  it.each([
    ['is no JSON', '{', 400, -32_700],
    ['is nested too deeply', `${'['.repeat(200)}${']'.repeat(200)}`, 400, -32_700],
    ['is a batch', [LIST, LIST], 400, -32_600],
    ['is larger than 1 MiB', ' '.repeat(1024 * 1024 + 1), 413, -32_000],
  ])('that %s is rejected', async (_fault, body, status, code) => {
    const { url } = await openGateway()
    const reply = await post(url, body)
    expect(reply.status).toBe(status)
    expect(JSON.parse(reply.text)).toMatchObject({ error: { code } })
  })

  it('of another media type is rejected', async () => {
    const { url } = await openGateway()
    expect((await post(url, LIST, { ...asOperator, 'content-type': 'text/plain' })).status).toBe(415)
  })

  it.each(['GET', 'DELETE'])('by %s is rejected: there are no sessions', async (method) => {
    const { url } = await openGateway()
    expect((await request(mcpUrl(url), { method, headers: { ...HEADERS, ...asOperator } })).status).toBe(405)
  })

  it('for an unknown tool is an error of the protocol', async () => {
    const { url } = await openGateway()
    const client = await connectMcp(url, asOperator)
    await expect(client.callTool({ name: 'drop_all', arguments: {} })).rejects.toMatchObject({
      code: -32_602,
    })
  })
})

it('tools work where only trusted documents do', async () => {
  const text = '{ viewer { name } }'
  const documentsById = new Map([[createHash('sha256').update(text).digest('hex'), text]])
  const { url } = await openGateway({ trustedDocuments: 'all', documentsById })
  const client = await connectMcp(url, asOperator)
  expect(await callTool(client, 'list_providers')).toMatchObject({ data: { viewer: { name: 'tester' } } })
})

it('a client that disconnects ends the calls to the provider', async () => {
  const { gateway, roomId } = await openWorkingRoom('livechat', { config: { upstreamTimeoutMs: 60_000 } })
  const { liveChat } = gateway
  liveChat.clearCalls()
  liveChat.injectFault({ kind: 'stall' })
  const leaving = new AbortController()
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'read_room', arguments: { roomId } },
  }
  const init = { method: 'POST', headers: { ...HEADERS, ...asAnn }, body: JSON.stringify(call) }
  const gone = expect(fetch(mcpUrl(gateway.url), { ...init, signal: leaving.signal })).rejects.toThrow(
    'aborted',
  )
  await waitUntil(() => liveChat.calls.length > 0)
  leaving.abort()
  await gone
  await waitUntil(() => liveChat.calls.every(({ aborted }) => aborted))
})

it('a call that the official client cancels ends the calls to the provider', async () => {
  const { gateway, client, roomId } = await openWorkingRoom('livechat', {
    config: { upstreamTimeoutMs: 60_000 },
  })
  const { liveChat } = gateway
  liveChat.clearCalls()
  liveChat.injectFault({ kind: 'stall' })
  const leaving = new AbortController()
  const call = client.callTool({ name: 'read_room', arguments: { roomId } }, { signal: leaving.signal })
  const cancelled = expect(call).rejects.toThrow()
  await waitUntil(() => liveChat.calls.length > 0)
  leaving.abort()
  await cancelled
  await waitUntil(() => liveChat.calls.every(({ aborted }) => aborted))
})

it('logs and metrics name the tools, and contain no key, text or id', async () => {
  const { log, lines } = createLogSink()
  const { url } = await openGatewayWithoutProviders({ mcp: true, requestLog: true }, { log })
  const client = await connectMcp(url, asOperator)
  const text = 'a text that only the visitor may read'
  await callTool(client, 'send_message', { roomId: 'an-id-of-a-room', text })
  const { text: metrics } = await request(endpointUrl(url, '/metrics'))
  expect(metrics).toMatch(/name="send_message"/)
  expect(metrics).toMatch(/path="\/mcp"/)
  expect(lines.join('\n')).toContain('"name":"send_message"')
  for (const secret of [OPERATOR_KEY, text, 'an-id-of-a-room'])
    expect(`${metrics}\n${lines.join('\n')}`).not.toContain(secret)
})
