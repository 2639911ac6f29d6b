import { once } from 'node:events'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openGatewayWithRoom } from '../../support/gateway-with-room.ts'
import { endpointUrl, type Operation } from '../../support/http.ts'
import { asVisitor } from '../../support/test-gateway.ts'

const MESSAGES = 'query ($id: ID!) { room(id: $id) { messages(last: 50) { nodes { id text createdAt } } } }'
const LONG = 'a long message '.repeat(100)

/** What is on the wire: `fetch` would unpack it. */
interface WireResponse {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

async function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  operation?: Operation,
): Promise<WireResponse> {
  const req = httpRequest(url, {
    method: operation ? 'POST' : 'GET',
    headers: { ...headers, ...(operation && { 'content-type': 'application/json' }) },
  })
  req.end(operation && JSON.stringify(operation))
  const [res] = await once(req, 'response')
  return { status: res.statusCode, headers: res.headers, body: await buffer(res) }
}

async function openRoom(httpCompression = true) {
  const gateway = await openGatewayWithRoom({ config: { httpCompression } })
  gateway.sendMessage(LONG)
  const operation = { query: MESSAGES, variables: { id: gateway.roomId } }
  const visitor = asVisitor(gateway.token)
  return {
    ...gateway,
    read: (acceptEncoding: string | null, query: Operation = operation) =>
      send(
        gateway.url,
        { ...visitor, ...(acceptEncoding !== null && { 'accept-encoding': acceptEncoding }) },
        query,
      ),
  }
}

describe('a response of 1 KiB and more', () => {
  it('is compressed however the operation is executed, and says the same', async () => {
    const { read } = await openRoom()
    const { body: plain } = await read(null)
    expect(plain.length).toBeGreaterThan(1_024)
    // The GraphQL engine serves the first ones, and compiled operations the others.
    for (let n = 0; n < 5; n += 1) {
      const { status, headers, body } = await read('gzip, deflate, br')
      expect(status).toBe(200)
      expect(headers).toMatchObject({
        'content-encoding': 'gzip',
        'content-length': String(body.length),
        'cache-control': 'no-store',
        'content-type': expect.stringMatching(/^application\/json; ?charset=utf-8$/),
      })
      expect(body.length).toBeLessThan(plain.length / 2)
      expect(gunzipSync(body).equals(plain)).toBe(true)
    }
  })

  it('is compressed with the same status if it has errors', async () => {
    const { read } = await openRoom()
    const unknown = { query: `{ ${Array.from({ length: 60 }, (_, n) => `unknownField${n}`).join(' ')} }` }
    const plain = await read(null, unknown)
    const { status, headers, body } = await read('gzip', unknown)
    expect(headers['content-encoding']).toBe('gzip')
    expect(status).toBe(plain.status)
    expect(JSON.parse(String(gunzipSync(body)))).toEqual(JSON.parse(String(plain.body)))
  })

  it.each([null, 'identity', 'br', 'gzip;q=0', 'gzip; q=0.0, identity', 'gzip ;q=0, *', '*;q=0', 'xgzip'])(
    'is not compressed for a client that accepts %s',
    async (accepted) => {
      const { read } = await openRoom()
      for (let n = 0; n < 3; n += 1) {
        const { headers, body } = await read(accepted)
        expect(headers['content-encoding']).toBeUndefined()
        expect(JSON.parse(String(body))).toMatchObject({ data: { room: {} } })
      }
    },
  )

  it.each(['gzip', 'GZIP', 'br;q=1.0, gzip;q=0.5', '*', '*;q=0, gzip'])(
    'is compressed for a client that accepts %s',
    async (accepted) => {
      const { read } = await openRoom()
      expect((await read(accepted)).headers['content-encoding']).toBe('gzip')
    },
  )

  it('is not compressed with HTTP_COMPRESSION=off', async () => {
    const { read } = await openRoom(false)
    for (let n = 0; n < 3; n += 1) expect((await read('gzip')).headers['content-encoding']).toBeUndefined()
  })
})

it('a shorter response is not compressed', async () => {
  const { read } = await openRoom()
  for (let n = 0; n < 3; n += 1) {
    const { headers, body } = await read('gzip', { query: '{ viewer { role } }' })
    expect(headers['content-encoding']).toBeUndefined()
    expect(body.length).toBeLessThan(1_024)
  }
})

it('clients that wait for one query at once all receive it whole', async () => {
  const { read } = await openRoom()
  for (let n = 0; n < 3; n += 1) await read('gzip')
  const responses = await Promise.all(Array.from({ length: 10 }, () => read('gzip')))
  const texts = new Set(responses.map(({ body }) => String(gunzipSync(body))))
  expect(texts.size).toBe(1)
})

it('an event stream is not compressed', async () => {
  const { url, token, roomId } = await openRoom()
  const req = httpRequest(url, {
    method: 'POST',
    headers: {
      ...asVisitor(token),
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'accept-encoding': 'gzip',
    },
  })
  req.end(
    JSON.stringify({
      query: 'subscription ($id: ID!) { messageAdded(roomId: $id) { text } }',
      variables: { id: roomId },
    }),
  )
  const [res] = await once(req, 'response')
  expect(res.headers).toMatchObject({ 'content-type': 'text/event-stream' })
  expect(res.headers['content-encoding']).toBeUndefined()
  req.destroy()
})

it('metrics are compressed', async () => {
  const { url } = await openRoom()
  const { headers, body } = await send(endpointUrl(url, '/metrics'), { 'accept-encoding': 'gzip' })
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'no-store' })
  expect(String(gunzipSync(body))).toContain('switchboard_watched_rooms')
})
