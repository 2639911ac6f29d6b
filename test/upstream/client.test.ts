import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startWireServer, type WireServer } from '../../sandbox/wire-server.ts'
import {
  createUpstreamClient,
  type UpstreamClient,
  type UpstreamClientOptions,
  type UpstreamRequest,
  type UpstreamRequestReport,
} from '../../src/upstream/client.ts'
import { UpstreamError } from '../../src/upstream/errors.ts'
import { waitUntil } from '../support/graphql-client.ts'

const THING = '/base/things/:id'
const patient = () => new AbortController().signal

const read = (signal = patient()): UpstreamRequest => ({
  method: 'GET',
  route: '/things/:id',
  path: '/things/1?token=secret',
  signal,
})
const write = (signal = patient()): UpstreamRequest => ({
  method: 'POST',
  route: '/things/:id',
  path: '/things/1',
  body: { says: 'hello' },
  signal,
})

/** An echo server and its client. */
async function open(options: Partial<UpstreamClientOptions> = {}): Promise<{
  server: WireServer
  upstream: UpstreamClient
  reports: UpstreamRequestReport[]
}> {
  const server = await startWireServer({
    routes: (['GET', 'POST'] as const).map((method) => ({
      method,
      path: THING,
      handle: ({ body }) => ({ status: 200, body: { echo: body.toString() }, headers: { 'x-kind': 'echo' } }),
    })),
    notFound: () => ({ status: 404, body: 'nothing here' }),
  })
  const reports: UpstreamRequestReport[] = []
  const upstream = createUpstreamClient({
    url: `${server.url}/base/`,
    timeoutMs: 5_000,
    onRequest: (report) => reports.push(report),
    ...options,
  })
  onTestFinished(async () => {
    await upstream.close()
    await server.close()
  })
  return { server, upstream, reports }
}

const failureOf = async (sending: Promise<unknown>): Promise<string> => {
  const error = await sending.catch((reason: unknown) => reason)
  if (!(error instanceof UpstreamError)) throw new Error(`not an upstream error: ${String(error)}`)
  expect(error.message).not.toMatch(/secret|127\.0\.0\.1/)
  return error.failure
}

describe('a request', () => {
  it('is sent below the base URL with a JSON body, and returns the complete response', async () => {
    const { server, upstream } = await open()
    const response = await upstream.send({ ...write(), headers: { 'x-asked-by': 'test' } })
    expect(response).toMatchObject({ status: 200, headers: { 'x-kind': 'echo' } })
    expect(response.body.json).toEqual({ echo: '{"says":"hello"}' })
    expect(server.calls[0]).toMatchObject({
      path: '/base/things/1',
      headers: { 'content-type': 'application/json', 'x-asked-by': 'test' },
    })
  })

  it('is reported by route and outcome, without anything that could be secret', async () => {
    const { server, upstream, reports } = await open()
    await upstream.send(read())
    server.injectFault({ kind: 'answer', status: 503, body: {} })
    await upstream.send(read())
    const about = {
      method: 'GET',
      route: '/things/:id',
      errorCode: null,
      mediaType: 'application/json',
      redirectOrigin: null,
    }
    expect(reports).toEqual([
      { ...about, outcome: '200', seconds: expect.any(Number) },
      { ...about, outcome: '503', seconds: expect.any(Number) },
    ])
  })

  it('is reported with the origin of a redirect, but not with its path', async () => {
    const { server, upstream, reports } = await open()
    const headers = { location: 'https://other.example/login?token=secret' }
    server.injectFault({ kind: 'answer', status: 302, body: {}, headers })
    await upstream.send(read())
    expect(reports).toMatchObject([{ outcome: '302', redirectOrigin: 'https://other.example' }])
    expect(JSON.stringify(reports)).not.toContain('secret')
  })

  it('is reported with the code of the failure', async () => {
    const { server, upstream, reports } = await open()
    await server.close()
    await upstream.send(read()).catch(() => {})
    expect(reports).toMatchObject([{ outcome: 'not-sent', errorCode: 'ECONNREFUSED', mediaType: null }])
  })
})

describe('a read', () => {
  it('shares the request of an identical read in flight', async () => {
    const { server, upstream } = await open()
    const [first, second] = await Promise.all([upstream.send(read()), upstream.send(read())])
    expect(second).toBe(first)
    expect(server.counts()).toEqual({ [`GET ${THING}`]: 1 })
  })

  it('shares no request with a read of another credential', async () => {
    const { server, upstream } = await open()
    await Promise.all(
      ['ada', 'bob'].map((user) => upstream.send({ ...read(), headers: { 'x-user-id': user } })),
    )
    expect(server.counts()).toEqual({ [`GET ${THING}`]: 2 })
  })

  it('shares no request with a read from before a write, which would miss the write', async () => {
    const { server, upstream } = await open()
    const takeBack = server.injectFault({ kind: 'stall', method: 'GET', times: 1 })
    const leaving = new AbortController()
    const before = upstream.send(read(leaving.signal))
    await waitUntil(() => server.counts()[`GET ${THING}`] === 1)
    await upstream.send(write())
    expect(await upstream.send(read())).toMatchObject({ status: 200 })
    expect(server.counts()[`GET ${THING}`]).toBe(2)
    leaving.abort()
    await expect(before).rejects.toThrow()
    takeBack()
  })

  it('of a poll shares no request that was sent before, which would miss what happened since', async () => {
    const { server, upstream } = await open()
    // The first response shows the limits, for which further polls would wait.
    await upstream.send({ ...read(), priority: 'background' })
    const takeBack = server.injectFault({ kind: 'stall', method: 'GET', times: 1 })
    const leaving = new AbortController()
    const before = upstream.send({ ...read(leaving.signal), priority: 'background' })
    await waitUntil(() => server.counts()[`GET ${THING}`] === 2)
    expect(await upstream.send({ ...read(), priority: 'background' })).toMatchObject({ status: 200 })
    expect(server.counts()[`GET ${THING}`]).toBe(3)
    leaving.abort()
    await expect(before).rejects.toThrow()
    takeBack()
  })

  it.each(['reset', 'half-body'] as const)('is retried after a %s, and only once', async (kind) => {
    const { server, upstream, reports } = await open()
    server.injectFault({ kind, times: 1 })
    expect(await upstream.send(read())).toMatchObject({ status: 200 })
    server.injectFault({ kind })
    expect(await failureOf(upstream.send(read()))).toBe('lost')
    expect(reports.map(({ outcome }) => outcome)).toEqual(['lost', '200', 'lost', 'lost'])
  })

  it('is not retried after a timeout', async () => {
    const { server, upstream } = await open({ timeoutMs: 400 })
    server.injectFault({ kind: 'stall' })
    expect(await failureOf(upstream.send(read()))).toBe('timeout')
    expect(server.counts()).toEqual({ [`GET ${THING}`]: 1 })
  })

  it('continues for the other callers when one of them disconnects', async () => {
    const { server, upstream } = await open()
    server.injectFault({ kind: 'stall', times: 1 })
    const [one, other] = [new AbortController(), new AbortController()]
    const [left, stayed] = [upstream.send(read(one.signal)), upstream.send(read(other.signal))]
    await waitUntil(() => server.calls.length === 1)
    one.abort()
    expect(await failureOf(left)).toBe('aborted')
    expect(server.calls[0]?.aborted).toBe(false)
    other.abort()
    expect(await failureOf(stayed)).toBe('aborted')
    await waitUntil(() => server.calls[0]?.aborted === true)
  })
})

describe('a repeated read', () => {
  it('asks the server again, and has the identical body while its bytes stay the same', async () => {
    const { server, upstream } = await open()
    const bodies = [await upstream.send(read()), await upstream.send(read())].map(({ body }) => body)
    expect(bodies[1]).toBe(bodies[0])
    expect(server.counts()).toEqual({ [`GET ${THING}`]: 2 })
    server.injectFault({ kind: 'answer', status: 200, body: { echo: 'changed' }, times: 1 })
    const changed = await upstream.send(read())
    expect(changed.body.json).toEqual({ echo: 'changed' })
    expect(changed.body).not.toBe(bodies[0])
  })

  it('shares no body with a read of another credential, or with a write', async () => {
    const { upstream } = await open()
    const send = async (request: UpstreamRequest) => (await upstream.send(request)).body
    const as = (user: string) => send({ ...read(), headers: { 'x-user-id': user } })
    const ofToken = (token: string) => send({ ...read(), path: `/things/1?token=${token}` })
    const bodies = [await as('ada'), await as('bob'), await ofToken('a'), await ofToken('b')]
    const writes = [await send(write()), await send(write())]
    expect(new Set([...bodies, ...writes]).size).toBe(6)
    const posted = { ...write(), isReadOnly: true }
    expect(await send(posted)).toBe(await send(posted))
    expect(await send({ ...posted, body: { says: 'other' } })).not.toBe(await send(posted))
  })

  it('shares no body of an error response', async () => {
    const { server, upstream } = await open()
    server.injectFault({ kind: 'answer', status: 503, body: {}, times: 2 })
    const [first, second] = [await upstream.send(read()), await upstream.send(read())]
    expect(second.body).not.toBe(first.body)
  })
})

describe('a write', () => {
  it.each([
    ['reset', 'lost', 5_000],
    ['reset-after-commit', 'lost', 5_000],
    ['half-body', 'lost', 5_000],
    ['stall', 'timeout', 400],
  ] as const)('is never repeated: a %s is %s', async (kind, failure, timeoutMs) => {
    const { server, upstream } = await open({ timeoutMs })
    server.injectFault({ kind })
    expect(await failureOf(upstream.send(write()))).toBe(failure)
    expect(server.counts()).toEqual({ [`POST ${THING}`]: 1 })
  })

  it('never shares a request', async () => {
    const { server, upstream } = await open()
    await Promise.all([upstream.send(write()), upstream.send(write())])
    expect(server.counts()).toEqual({ [`POST ${THING}`]: 2 })
  })

  it('is aborted at the server when its caller disconnects', async () => {
    const { server, upstream } = await open()
    server.injectFault({ kind: 'stall' })
    const leaving = new AbortController()
    const sending = upstream.send(write(leaving.signal))
    await waitUntil(() => server.calls.length === 1)
    leaving.abort()
    expect(await failureOf(sending)).toBe('aborted')
    await waitUntil(() => server.calls[0]?.aborted === true)
  })

  it('is not sent for a caller that has disconnected', async () => {
    const { server, upstream } = await open()
    expect(await failureOf(upstream.send(write(AbortSignal.abort())))).toBe('aborted')
    expect(server.calls).toEqual([])
  })
})

describe('a server that cannot be reached', () => {
  it('receives nothing', async () => {
    const { server, upstream } = await open()
    await server.close()
    expect(await failureOf(upstream.send(write()))).toBe('not-sent')
    expect(await failureOf(upstream.send(read()))).toBe('not-sent')
  })
})

it('a client with two connections sends further requests as the first ones finish', async () => {
  let inside = 0
  let most = 0
  const server = await startWireServer({
    routes: [
      {
        method: 'POST',
        path: '/things/:id',
        handle: async () => {
          inside += 1
          most = Math.max(most, inside)
          await sleep(10)
          inside -= 1
          return { status: 200, body: {} }
        },
      },
    ],
    notFound: () => ({ status: 404, body: {} }),
  })
  const upstream = createUpstreamClient({ url: server.url, timeoutMs: 5_000, connections: 2 })
  onTestFinished(async () => {
    await upstream.close()
    await server.close()
  })
  const sending = Array.from({ length: 6 }, () => upstream.send(write()))
  expect(await Promise.all(sending)).toMatchObject(Array.from({ length: 6 }, () => ({ status: 200 })))
  expect(most).toBe(2)
})
