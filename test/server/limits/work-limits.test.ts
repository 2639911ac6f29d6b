import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { MAX_QUEUED_REQUESTS } from '../../../src/server/http/pipelining.ts'
import { WorkLimits, workLimitSizes } from '../../../src/server/limits/work-limits.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { endpointUrl, type Operation, parseAnswer, post, request } from '../../support/http.ts'
import { connectAs, openRawSocket, type RawSocket } from '../../support/raw-socket.ts'
import { asOperator, OPERATOR_KEY } from '../../support/test-gateway.ts'

const operator = { authorization: `Bearer ${OPERATOR_KEY}` }
const query = '{ viewer { role } }'
const small = { capacity: 10, perSecond: 0.001 }
const sentAway = { code: 1013, reason: 'Too many messages' }

/** Creates a document that was not sent before. */
let documents = 0
const newDocument = (): Operation => ({ query: `{ viewer { a${documents++}: role } }` })
const largeDocument = (): Operation => {
  const viewers = Array.from({ length: 49 }, () => `a${documents++}: viewer { role name ... { role name } }`)
  return { query: `{ ${viewers.join(' ')} }` }
}

async function refusals(url: string): Promise<string | undefined> {
  const { text } = await request(endpointUrl(url, '/metrics'))
  return /^switchboard_refused_requests_total{reason="rate_limit"} (\d+)$/m.exec(text)?.[1]
}

describe('a flood of frames', () => {
  it.for<[what: string, send: (socket: RawSocket) => void, times: number]>([
    ['messages', (socket) => socket.send({ type: 'ping' }), 3_000],
    ['large messages', (socket) => socket.send({ type: 'ping', payload: { a: 'x'.repeat(1_000_000) } }), 12],
    ['documents that are wrong', (socket) => socket.subscribe('1', { query: '{x}' }), 3_000],
  ])('of %s closes its socket, and no other', async ([, send, times]) => {
    // Without a refill: a busy machine may take longer for a flood than a client that sends at the rate.
    const { capacity } = workLimitSizes({ perSocket: 200, perCaller: 10_000 }).socketFrames
    const socketFrames = { capacity, perSecond: 0.001 }
    const { url } = await openGatewayWithoutProviders({}, { workLimits: { socketFrames } })
    const flooding = await connectAs(url)
    const other = await connectAs(url)
    for (let sent = 0; sent < times; sent += 1) send(flooding)
    expect(await flooding.closed).toEqual(sentAway)
    other.subscribe('1', { query })
    expect(await other.next()).toMatchObject({ type: 'next' })
    expect(await refusals(url)).toBe('1')
  })

  it('does not delay requests of another client', async () => {
    const { url } = await openGatewayWithoutProviders()
    const flooding = await connectAs(url)
    const other = await connectAs(url)
    for (let sent = 0; sent < 1_500; sent += 1) flooding.subscribe('1', newDocument())
    other.subscribe('1', { query })
    let answered = 0
    flooding.socket.on('message', () => {
      answered += 1
    })
    expect(await other.next()).toMatchObject({ type: 'next' })
    expect(answered).toBeLessThan(1_000)
  })

  it('is counted over all sockets of an address, and separately for an operator', async () => {
    const { url } = await openGatewayWithoutProviders({}, { workLimits: { sourceFrames: small } })
    const sockets = [await connectAs(url), await connectAs(url, { visitorToken: 'invented' })]
    const watching = await connectAs(url, operator)
    for (let sent = 0; sent < 10; sent += 1) for (const socket of sockets) socket.send({ type: 'ping' })
    for (const socket of sockets) expect(await socket.closed).toEqual(sentAway)
    watching.subscribe('1', { query })
    expect(await watching.next()).toMatchObject({ type: 'next' })
    const another = await openRawSocket(url)
    another.send({ type: 'connection_init' })
    expect(await another.closed).toEqual(sentAway)
  })

  it('allows a client to start all its subscriptions at once', async () => {
    const { url } = await openGatewayWithoutProviders({ maxSubscriptionsPerSocket: 3_000 })
    const socket = await connectAs(url)
    for (let sent = 0; sent < 3_000; sent += 1) socket.send({ type: 'ping' })
    for (let sent = 0; sent < 3_000; sent += 1) expect(await socket.next()).toEqual({ type: 'pong' })
  })
})

describe('a flood of documents', () => {
  it('is rejected before it is parsed, once its source has used up its parsing time', async () => {
    const { url } = await openGatewayWithoutProviders(
      {},
      { workLimits: { parsingMs: { capacity: 100, perSecond: 0.001 } } },
    )
    const refused = {
      message: expect.stringMatching(/^Too many different documents/),
      extensions: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) },
    }
    const known = newDocument()
    const viewer = { viewer: { [known.query.slice(11, -10)]: 'ANONYMOUS' } }
    expect(parseAnswer(await post(url, known))).toEqual({ data: viewer })
    const accept = { accept: 'application/graphql-response+json' }
    let reply = await post(url, largeDocument(), accept)
    while (reply.status === 200) reply = await post(url, largeDocument(), accept)
    expect(reply.status).toBe(429)
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(parseAnswer(reply)).toEqual({ errors: [refused] })
    const socket = await connectAs(url, { visitorToken: 'invented' })
    socket.subscribe('1', { query: '{ no document' })
    expect(await socket.next()).toMatchObject({ type: 'error', payload: [refused] })
    const large = { ...known, variables: { unused: 'x'.repeat(20_000) } }
    expect((await post(url, large)).status).toBe(429)
    // Cached documents cost nothing, and an operator has its own parsing time.
    expect(parseAnswer(await post(url, known))).toEqual({ data: viewer })
    expect((await post(url, newDocument(), asOperator)).status).toBe(200)
    expect(Number(await refusals(url))).toBeGreaterThanOrEqual(3)
  })
})

describe('the variables of a large request', () => {
  const nodes = '($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  it.each([
    ['a compiled operation', `query A ${nodes}`],
    ['an operation that is not compiled', `query A ${nodes} query B { viewer { role } }`],
  ])('are charged each time they are checked, for %s', async (_, document) => {
    const { url } = await openGatewayWithoutProviders()
    const send = (ids: readonly string[]) =>
      post(url, { query: document, operationName: 'A', variables: { ids } })
    for (let time = 1; time <= 3; time += 1) await send(['x'])
    const charged = vi.spyOn(WorkLimits.prototype, 'measureParsing')
    onTestFinished(() => charged.mockRestore())
    await send(['x'])
    expect(charged).not.toHaveBeenCalled()
    // More ids than an operation may have.
    expect((await send(Array(60_000).fill('x'))).text).toContain('OPERATION_TOO_COMPLEX')
    // The body is parsed, then prepared for the direct path, then measured by the engine.
    expect(charged).toHaveBeenCalledTimes(3)
  })
})

describe('pipelined requests', () => {
  const pipelined = async (url: string, times: number) => {
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    const path = (at: number) => `/graphql?query=${encodeURIComponent(`{ viewer { a${at}: role } }`)}`
    const requests = Array.from(
      { length: times },
      (_, at) => `GET ${path(at)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    )
    socket.write(requests.join(''))
    socket.write('GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
    return text(socket).catch(() => '')
  }

  it('get their responses in order', async () => {
    const { url } = await openGatewayWithoutProviders()
    const answers = await pipelined(url, MAX_QUEUED_REQUESTS)
    const names = [...answers.matchAll(/"a(\d+)"/g)].map(([, at]) => Number(at))
    expect(names).toEqual(Array.from({ length: MAX_QUEUED_REQUESTS }, (_, at) => at))
    expect(answers).toContain('alive')
  })

  it('cut their connection if there are too many', async () => {
    const { url } = await openGatewayWithoutProviders()
    expect(await pipelined(url, 5 * MAX_QUEUED_REQUESTS)).not.toContain('alive')
    expect((await request(endpointUrl(url, '/health'))).status).toBe(200)
  })
})
