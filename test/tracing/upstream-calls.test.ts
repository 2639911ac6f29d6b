import { expect, it, onTestFinished } from 'vitest'
import { startWireServer } from '../../sandbox/wire-server.ts'
import { createCallTracer } from '../../src/upstream/call-spans.ts'
import { createUpstreamClient, type UpstreamRequest } from '../../src/upstream/client.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { holdResponses } from '../support/hold-responses.ts'
import { startTraceCollector, startTracing } from '../support/trace-collector.ts'

const CLIENT = 3
const ERROR = 2
const ROUTE = '/things/:id'

async function open() {
  const collector = await startTraceCollector()
  const tracing = startTracing(collector)
  const server = await startWireServer({
    routes: (['GET', 'POST'] as const).map((method) => ({
      method,
      path: ROUTE,
      handle: () => ({ status: 200, body: {} }),
    })),
    notFound: () => ({ status: 404, body: {} }),
  })
  const traceCall = createCallTracer(tracing, 'support')
  const upstream = createUpstreamClient({ url: server.url, timeoutMs: 5_000, traceCall })
  onTestFinished(async () => {
    await upstream.close()
    await server.close()
  })
  const request = (id: string, method: 'GET' | 'POST' = 'GET'): UpstreamRequest => ({
    method,
    route: ROUTE,
    path: `/things/${id}`,
    signal: new AbortController().signal,
  })
  const runOperation = (name: string, work: () => Promise<unknown>) => {
    const span = tracing.start({ name, kind: 'server', attributes: {}, parent: null })
    return tracing.runIn(span, work).finally(() => span.end())
  }
  return { collector, server, upstream, request, runOperation }
}

it('a call is a client span with its route, its account and its status', async () => {
  const { collector, upstream, request, server } = await open()
  await upstream.send(request('4711'))
  server.injectFault({ kind: 'answer', status: 500, body: {}, times: 1 })
  await upstream.send(request('4711', 'POST'))
  const attributes = { 'switchboard.provider': 'support', 'url.template': ROUTE }
  expect(await collector.waitForName(`GET ${ROUTE}`)).toMatchObject({
    kind: CLIENT,
    statusCode: 0,
    attributes: { ...attributes, 'http.request.method': 'GET', 'http.response.status_code': 200 },
  })
  expect(await collector.waitForName(`POST ${ROUTE}`)).toMatchObject({
    statusCode: ERROR,
    attributes: { ...attributes, 'http.response.status_code': 500, 'error.type': '500' },
  })
  expect(collector.bytes()).not.toContain('4711')
})

it('a read that is sent again is two spans, and the second says so', async () => {
  const { collector, upstream, request, server } = await open()
  server.injectFault({ kind: 'reset', times: 1 })
  await upstream.send(request('1'))
  const [lost, repeated] = await collector.waitFor(({ name }) => name === `GET ${ROUTE}`, 2)
  expect(lost).toMatchObject({ statusCode: ERROR, attributes: { 'error.type': 'lost' } })
  expect(lost?.attributes).not.toHaveProperty(['http.request.resend_count'])
  expect(repeated).toMatchObject({
    statusCode: 0,
    attributes: { 'http.request.resend_count': 1, 'http.response.status_code': 200 },
  })
})

it('a read that two operations share is one span, of the operation that began it', async () => {
  const { collector, upstream, request, server, runOperation } = await open()
  const release = holdResponses(server)
  const first = runOperation('first', () => upstream.send(request('1')))
  await waitUntil(() => server.calls.length === 1)
  const second = runOperation('second', () => upstream.send(request('1')))
  release()
  await Promise.all([first, second])
  const [operation] = await Promise.all(['first', 'second'].map((name) => collector.waitForName(name)))
  const calls = await collector.waitFor(({ kind }) => kind === CLIENT)
  expect(calls).toMatchObject([{ traceId: operation?.traceId, parentSpanId: operation?.spanId }])
})

it('a call that outlives its operation is no part of it', async () => {
  const { collector, upstream, request, runOperation } = await open()
  let sent: Promise<unknown> = Promise.resolve()
  let begin = () => {}
  const later = new Promise<void>((resolve) => {
    begin = resolve
  })
  await runOperation('operation', async () => {
    sent = later.then(() => upstream.send(request('1')))
  })
  begin()
  await sent
  const [call] = await collector.waitFor(({ kind }) => kind === CLIENT)
  expect(call?.parentSpanId ?? '').toBe('')
})

it('the wait for the rate limit is an attribute of its own', async () => {
  const { collector, upstream, request, server } = await open()
  const headers = {
    'x-ratelimit-limit': '1',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Date.now() + 300),
  }
  server.injectFault({ kind: 'answer', status: 200, body: {}, headers, times: 1 })
  await upstream.send(request('1'))
  await upstream.send(request('2'))
  const [sent, waited] = await collector.waitFor(({ kind }) => kind === CLIENT, 2)
  expect(sent?.attributes).not.toHaveProperty(['switchboard.rate_limit.wait_ms'])
  expect(waited?.attributes).toMatchObject({ 'switchboard.rate_limit.wait_ms': expect.any(Number) })
})
