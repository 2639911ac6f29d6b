import { describe, expect, it } from 'vitest'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { type HttpReply, parseAnswer, post, request } from '../../support/http.ts'
import { Viewer } from '../documents.ts'

const SHOP = 'https://shop.example'
const EVIL = 'https://evil.example'
const query = Viewer.toString()

describe('a page of an allowed origin', () => {
  it('receives the allowed methods and headers in the preflight', async () => {
    const { url } = await openGatewayWithoutProviders({ allowedOrigins: [SHOP] })
    const reply = await preflight(url, SHOP)
    expect(reply.status).toBe(204)
    expect(allowedOrigin(reply)).toBe(SHOP)
    expect(reply.headers.get('access-control-allow-methods')).toContain('POST')
    const headers = reply.headers.get('access-control-allow-headers')?.split(', ')
    expect(headers).toEqual(expect.arrayContaining(['content-type', 'authorization', 'x-visitor-token']))
    expect(reply.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('may read responses', async () => {
    const { url } = await openGatewayWithoutProviders({ allowedOrigins: [SHOP, 'https://other.example'] })
    const reply = await post(url, { query }, { origin: SHOP })
    expect(allowedOrigin(reply)).toBe(SHOP)
    expect(reply.headers.get('vary')).toMatch(/\borigin\b/i)
  })

  it('may read the error of a rejected request', async () => {
    const { url } = await openGatewayWithoutProviders({ allowedOrigins: [SHOP] })
    const refused = [
      await post(url, { query }, { origin: SHOP, authorization: 'Bearer nope' }),
      await post(url, { query }, { origin: SHOP, 'content-type': 'text/plain' }),
      await post(url, { query: ' '.repeat(1024 * 1024) }, { origin: SHOP }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([401, 415, 413])
    expect(refused.map(allowedOrigin)).toEqual([SHOP, SHOP, SHOP])
  })
})

describe('a page of the gateway’s own origin', () => {
  it('may read responses', async () => {
    const { url } = await openGatewayWithoutProviders()
    const { origin } = new URL(url)
    expect(allowedOrigin(await post(url, { query }, { origin }))).toBe(origin)
  })
})

describe('a page of another origin', () => {
  it.for([[[]], [[SHOP]]])('receives no CORS headers if %j are allowed', async ([allowedOrigins = []]) => {
    const { url } = await openGatewayWithoutProviders({ allowedOrigins })
    for (const origin of [EVIL, 'null', `${SHOP}.evil.example`, 'http://shop.example']) {
      const replies = [await preflight(url, origin), await post(url, { query }, { origin })]
      for (const { headers } of replies)
        expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it.for([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; charset=application/json',
    '',
  ])('cannot POST %j, which browsers send without a preflight', async (type) => {
    const { url } = await openGatewayWithoutProviders()
    const body = new Blob([JSON.stringify({ query })])
    const headers = type === '' ? {} : { 'content-type': type }
    const reply = await request(url, { method: 'POST', headers, body: await body.arrayBuffer() })
    expect(reply.status).toBe(415)
    expect(parseAnswer(reply)).toMatchObject({ errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] })
  })

  it.for([
    ['a mutation', 'mutation { closeRoom(input: { roomId: "x" }) { __typename } }'],
    ['a subscription', 'subscription { messageAdded(roomId: "x") { id } }'],
  ])('cannot send %s by GET', async ([, operation = '']) => {
    const { url } = await openGatewayWithoutProviders()
    for (const accept of ['application/json', 'application/graphql-response+json', 'text/event-stream']) {
      const reply = await request(withQuery(url, { query: operation }), { headers: { accept } })
      expect(reply.status).toBe(405)
      expect(reply.headers.get('allow')).toBe('POST')
    }
  })

  it('cannot hide a mutation behind a query', async () => {
    const { url } = await openGatewayWithoutProviders()
    const both = `query A { viewer { role } } mutation B { closeRoom(input: { roomId: "x" }) { __typename } }`
    const reply = await request(withQuery(url, { query: both, operationName: 'B' }))
    expect(reply.status).toBe(405)
  })
})

function preflight(url: string, origin: string): Promise<HttpReply> {
  return request(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  })
}

function allowedOrigin({ headers }: HttpReply): string | null {
  return headers.get('access-control-allow-origin')
}

function withQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  return `${url}?${new URLSearchParams(parameters)}`
}
