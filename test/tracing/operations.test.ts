import { expect, it } from 'vitest'
import { Added, Room, Viewer } from '../server/documents.ts'
import { callTool, connectMcp } from '../server/mcp/mcp-client.ts'
import { openEventStream } from '../support/event-stream.ts'
import { openGatewayWithRoom } from '../support/gateway-with-room.ts'
import { fetchData, openSocketClient, subscribe } from '../support/graphql-client.ts'
import { post } from '../support/http.ts'
import { asOperator, asVisitor, OPERATOR_KEY } from '../support/test-gateway.ts'
import { type ExportedSpan, startTraceCollector, startTracing } from '../support/trace-collector.ts'

const SERVER = 2
const CLIENT = 3
const ERROR = 2
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const PARENT_ID = 'b7ad6b7169203331'
const traceparent = `00-${TRACE_ID}-${PARENT_ID}-01`

async function open(variables: Readonly<Record<string, string>> = {}) {
  const collector = await startTraceCollector()
  const tracing = startTracing(collector, variables)
  const gateway = await openGatewayWithRoom({ as: 'agents', gateway: { tracing }, config: { mcp: true } })
  return { collector, ...gateway }
}

const isNamed = (name: string) => (span: ExportedSpan) => span.name === name

it('an operation over HTTP is one span with its calls, whichever path serves it', async () => {
  const { url, nativeId, collector } = await open()
  const requests = 4
  for (let sent = 0; sent < requests; sent += 1) await fetchData(url, Room, { id: nativeId }, asOperator)
  const spans = await collector.waitFor(isNamed('query ServerRoom'), requests)
  expect(spans).toHaveLength(requests)
  for (const span of spans) {
    expect(span).toMatchObject({ kind: SERVER, statusCode: 0, links: [] })
    expect(span.parentSpanId ?? '').toBe('')
    expect(span.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'ServerRoom',
      'switchboard.result.code': 'OK',
      'switchboard.caller.role': 'OPERATOR',
    })
    const calls = await collector.waitFor(({ parentSpanId }) => parentSpanId === span.spanId)
    expect(calls).toMatchObject([
      {
        kind: CLIENT,
        traceId: span.traceId,
        attributes: {
          'switchboard.provider': 'rocketchat',
          'switchboard.call.priority': 'interactive',
          'http.response.status_code': 200,
        },
      },
    ])
    expect(calls[0]?.name).toBe(
      `${calls[0]?.attributes['http.request.method']} ${calls[0]?.attributes['url.template']}`,
    )
  }
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(requests)
})

it('shows the names that metrics show: not those that visitors choose', async () => {
  const { url, nativeId, token, collector } = await open()
  await fetchData(url, Room, { id: nativeId }, asVisitor(token))
  const [span] = await collector.waitFor(
    ({ name, attributes }) => name === 'query other' && attributes['switchboard.caller.role'] === 'VISITOR',
  )
  expect(span?.attributes).toMatchObject({ 'graphql.operation.name': 'other' })
  await post(url, { query: '{ viewer { role } }' }, asOperator)
  expect((await collector.waitForName('query')).attributes).toMatchObject({
    'graphql.operation.name': 'unnamed',
  })
})

it('continues the trace of a client, without its tracestate', async () => {
  const { url, collector } = await open()
  await fetchData(url, Viewer, {}, { ...asOperator, traceparent, tracestate: 'vendor=anything' })
  const span = await collector.waitForName('query ServerViewer')
  expect(span).toMatchObject({ traceId: TRACE_ID, parentSpanId: PARENT_ID })
  expect(collector.bytes()).not.toContain('anything')
})

it('begins a trace for a traceparent that is not valid, and records nothing for one that is not sampled', async () => {
  const { url, collector } = await open()
  await fetchData(url, Viewer, {}, { ...asOperator, traceparent: `00-${TRACE_ID}-${PARENT_ID}-00` })
  await fetchData(url, Viewer, {}, { ...asOperator, traceparent: `00-${'0'.repeat(32)}-${PARENT_ID}-01` })
  const span = await collector.waitForName('query ServerViewer')
  expect(span.traceId).not.toBe(TRACE_ID)
  expect(span.parentSpanId ?? '').toBe('')
  expect(collector.spans().filter(isNamed('query ServerViewer'))).toHaveLength(1)
})

it('a request that is rejected is a span with its reason', async () => {
  const { url, collector } = await open()
  await post(url, { query: '{ nothing }' }, asOperator)
  await post(url, { query: '{ viewer { role } }' }, { authorization: 'Bearer wrong-operator-key' })
  const [invalid, unidentified] = await collector.waitFor(isNamed('POST /graphql'), 2)
  expect(invalid).toMatchObject({
    statusCode: ERROR,
    attributes: { 'error.type': 'GRAPHQL_VALIDATION_FAILED', 'switchboard.caller.role': 'OPERATOR' },
  })
  expect(unidentified).toMatchObject({ statusCode: 0, attributes: { 'http.response.status_code': 401 } })
})

it('operations over a WebSocket are spans, and a subscription is one until it has started', async () => {
  const { url, roomId, sendMessage, collector } = await open()
  const client = openSocketClient(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const query = client.iterate({ query: Viewer.toString(), extensions: { traceparent } })
  await query.next()
  expect(await collector.waitForName('query ServerViewer')).toMatchObject({
    kind: SERVER,
    traceId: TRACE_ID,
    parentSpanId: PARENT_ID,
    attributes: {
      'network.protocol.name': 'websocket',
      'graphql.operation.type': 'query',
      'switchboard.result.code': 'OK',
    },
  })
  const events = subscribe(client, Added, { id: roomId })
  const started = await collector.waitForName('subscription ServerAdded')
  const [poll] = await collector.waitFor(
    ({ name, links }) => name === 'poll room' && links.some(({ spanId }) => spanId === started.spanId),
  )
  expect(poll?.traceId).not.toBe(started.traceId)
  sendMessage('hello')
  await events.take(1)
  const [found] = await collector.waitFor(
    ({ name, attributes }) => name === 'poll room' && attributes['switchboard.poll.events'] === 1,
  )
  expect(found?.parentSpanId ?? '').toBe('')
  expect(collector.spans().filter(isNamed('subscription ServerAdded'))).toHaveLength(1)
})

it('an operation that a socket rejects is a span with the error', async () => {
  const { url, collector } = await open()
  const client = openSocketClient(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  await expect(client.iterate({ query: '{ nothing }' }).next()).rejects.toBeDefined()
  expect(await collector.waitForName('GraphQL Operation')).toMatchObject({
    statusCode: ERROR,
    attributes: { 'error.type': 'GRAPHQL_VALIDATION_FAILED' },
  })
})

it('an event stream is a span until it has started', async () => {
  const { url, roomId, sendMessage, collector } = await open()
  const operation = { query: Added.toString(), variables: { id: roomId } }
  const stream = await openEventStream(url, operation, { ...asOperator, traceparent })
  expect(await collector.waitForName('subscription ServerAdded')).toMatchObject({
    kind: SERVER,
    traceId: TRACE_ID,
    attributes: { 'http.route': '/graphql', 'http.response.status_code': 200 },
  })
  sendMessage('hello')
  expect(await stream.next()).toMatchObject({ event: 'next' })
})

it('a tool of MCP is a span in that of its request', async () => {
  const { url, collector } = await open()
  const client = await connectMcp(url, { ...asOperator, traceparent })
  await callTool(client, 'list_open_rooms')
  const [operation] = await collector.waitFor(
    ({ kind, attributes }) => kind !== SERVER && attributes['graphql.operation.type'] === 'query',
  )
  const [request] = await collector.waitFor(({ spanId }) => spanId === operation?.parentSpanId)
  expect(request).toMatchObject({
    name: 'POST /mcp',
    kind: SERVER,
    traceId: TRACE_ID,
    parentSpanId: PARENT_ID,
  })
  const calls = await collector.waitFor(({ parentSpanId }) => parentSpanId === operation?.spanId)
  expect(calls.every(({ kind }) => kind === CLIENT)).toBe(true)
})
