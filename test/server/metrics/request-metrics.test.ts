import { describe, expect, it } from 'vitest'
import { openEventStream } from '../../support/event-stream.ts'
import { type GatewayWithRoom, openGatewayWithRoom } from '../../support/gateway-with-room.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { endpointUrl, post, request } from '../../support/http.ts'
import { createLogSink } from '../../support/log.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asOperator, asVisitor, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Added } from '../documents.ts'

const inbox = (name: string) => ({ query: `query ${name} { viewer { role } }` })

describe('metrics of operations', () => {
  it('count queries by name and code, over all ways of execution', async () => {
    const { url } = await openGatewayWithRoom()
    // The first ones run through the GraphQL engine, the last ones are compiled.
    for (let n = 0; n < 5; n += 1) await post(url, inbox('Inbox'), asOperator)
    const socket = await connectAs(url, { authorization: `Bearer ${OPERATOR_KEY}` })
    socket.subscribe('1', inbox('Inbox'))
    await socket.next()
    await request(`${url}?query=${encodeURIComponent(inbox('Inbox').query)}`, { headers: asOperator })
    await waitUntil(async () => (await countOf(url, 'query', 'Inbox', 'OK')) === 7)
    expect(await metrics(url)).toMatch(
      /^switchboard_graphql_operation_seconds_bucket{le="10",type="query",name="Inbox",code="OK"} 7$/m,
    )
  })

  it('show the code of the first error', async () => {
    const { url } = await openGatewayWithRoom()
    const failing = { query: 'query Failing { rooms(first: 1) { nodes { id } } }' }
    for (let n = 0; n < 4; n += 1) await post(url, failing, { 'x-visitor-token': 'nobody' })
    await post(url, { query: '{ nothing }' }, asOperator)
    await post(url, { query: '{' }, asOperator)
    const text = await metrics(url)
    expect(text).toMatch(
      /^switchboard_graphql_operation_seconds_count{type="query",name="other",code="FORBIDDEN"} 4$/m,
    )
    expect(text).toMatch(
      /^switchboard_graphql_operations_total{type="invalid",name="unnamed",code="GRAPHQL_VALIDATION_FAILED"} 1$/m,
    )
    expect(text).toMatch(
      /^switchboard_graphql_operations_total{type="invalid",name="unnamed",code="GRAPHQL_PARSE_FAILED"} 1$/m,
    )
  })

  it('show no name that a stranger chose, and at most 200 of operators', async () => {
    const { url, token } = await openGatewayWithRoom()
    for (const headers of [{}, asVisitor(token)]) await post(url, inbox('ChosenByAStranger'), headers)
    for (let n = 0; n < 230; n += 1) await post(url, inbox(`Of${n}`), asOperator)
    await post(url, inbox('N'.repeat(65)), asOperator)
    const text = await metrics(url)
    expect(text).not.toMatch(/ChosenByAStranger|NNNN/)
    const names = new Set(
      [...text.matchAll(/_operation_seconds_count{type="query",name="(Of\d+)"/g)].map(([, name]) => name),
    )
    expect(names.size).toBe(200)
    // Two of strangers, those above the limit, the long one, and the one with which the room was opened.
    expect(await countOf(url, 'query', 'other', 'OK')).toBe(2 + 30 + 1 + 1)
  })

  it('count each subscriber once, shared or not, and what is open now', async () => {
    const { url, gateway, token, roomId } = await openGatewayWithRoom()
    const socket = await connectAs(url, { visitorToken: token })
    const operation = { query: Added.toString(), variables: { id: roomId } }
    for (const id of ['1', '2']) socket.subscribe(id, operation)
    const events = await openEventStream(url, operation, asVisitor(token))
    await waitUntil(() => gateway.startedSubscribers() === 3)
    let text = await metrics(url)
    for (const line of [
      'switchboard_graphql_operations_total{type="subscription",name="other",code="OK"} 3',
      'switchboard_open_sockets{transport="websocket"} 1',
      'switchboard_open_sockets{transport="event_stream"} 1',
      'switchboard_open_subscriptions 3',
      'switchboard_shared_executions 1',
    ])
      expect(text.split('\n')).toContain(line)
    socket.socket.terminate()
    events.leave()
    await waitUntil(async () => (await metrics(url)).includes('\nswitchboard_open_subscriptions 0\n'))
    text = await metrics(url)
    expect(text).toMatch(/^switchboard_open_sockets{transport="event_stream"} 0$/m)
    expect(text).toMatch(/^switchboard_shared_executions 0$/m)
  })
})

describe('metrics of HTTP requests', () => {
  it('have patterns in place of paths', async () => {
    const { url, token } = await openGatewayWithRoom()
    await post(url, inbox('A'), asVisitor(token))
    await request(endpointUrl(url, `/files/${token}`))
    await request(endpointUrl(url, `/${token}/nothing?token=${token}`))
    await request(endpointUrl(url, '/health'))
    await post(url, inbox('A'), { authorization: 'Bearer wrong' })
    const text = await metrics(url)
    for (const labels of [
      'method="POST",path="/graphql",status="200"',
      'method="POST",path="/graphql",status="401"',
      'method="GET",path="/files/:id",status="404"',
      'method="GET",path="page",status="404"',
      'method="GET",path="/health",status="200"',
    ])
      expect(text).toMatch(new RegExp(`^switchboard_http_requests_total{${labels}} \\d+$`, 'm'))
    expect(text).toMatch(/^switchboard_http_request_seconds_count{path="\/graphql"} \d+$/m)
    expect(text).not.toContain(token)
  })

  it('leave the durations of event streams out, but not of queries whose client also accepts a stream', async () => {
    const { url, gateway, token, roomId } = await openGatewayWithRoom()
    const before = await countDurations(url)
    const events = await openEventStream(
      url,
      { query: Added.toString(), variables: { id: roomId } },
      asVisitor(token),
    )
    await waitUntil(() => gateway.startedSubscribers() === 1)
    events.leave()
    await waitUntil(async () => (await metrics(url)).includes('\nswitchboard_open_subscriptions 0\n'))
    // As urql sends it.
    const accept = 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed'
    await post(url, inbox('A'), { ...asVisitor(token), accept })
    expect(await countDurations(url)).toBe(before + 1)
  })
})

describe('the request log', () => {
  it('has a line for each request and each operation, without anything that a client wrote', async () => {
    const { gateway, entries } = await openLoggingGateway(true)
    const { url, token } = gateway
    await post(url, inbox('Inbox'), asOperator)
    await post(url, inbox('Inbox'), asVisitor(token))
    await request(endpointUrl(url, `/files/${token}?token=${token}`))
    await waitUntil(() => entries().filter(({ msg }) => msg === 'http request').length >= 4)
    expect(entries()).toContainEqual(
      expect.objectContaining({
        level: 30,
        msg: 'graphql operation',
        type: 'query',
        name: 'Inbox',
        code: 'OK',
        role: 'OPERATOR',
        operator: 'tester',
        ms: expect.any(Number),
      }),
    )
    expect(entries()).toContainEqual(
      expect.objectContaining({ msg: 'http request', method: 'GET', path: '/files/:id', status: 404 }),
    )
    const text = JSON.stringify(entries())
    for (const secret of [token, OPERATOR_KEY]) expect(text).not.toContain(secret)
  })

  it('is off by default', async () => {
    const { gateway, entries } = await openLoggingGateway(false)
    await post(gateway.url, inbox('Inbox'), asOperator)
    expect(entries().map(({ msg }) => msg)).not.toContain('http request')
    expect(entries().map(({ msg }) => msg)).not.toContain('graphql operation')
  })
})

async function openLoggingGateway(requestLog: boolean): Promise<{
  readonly gateway: GatewayWithRoom
  readonly entries: ReturnType<typeof createLogSink>['entries']
}> {
  const { log, entries } = createLogSink('info')
  return { gateway: await openGatewayWithRoom({ config: { requestLog }, gateway: { log } }), entries }
}

async function metrics(url: string): Promise<string> {
  return (await request(endpointUrl(url, '/metrics'))).text
}

/** How many durations of requests to GraphQL were observed. */
async function countDurations(url: string): Promise<number> {
  const [, count] =
    /^switchboard_http_request_seconds_count{path="\/graphql"} (\d+)$/m.exec(await metrics(url)) ?? []
  return Number(count)
}

async function countOf(url: string, type: string, name: string, code: string): Promise<number> {
  const labels = `type="${type}",name="${name}",code="${code}"`
  const line = (await metrics(url))
    .split('\n')
    .find((text) => text.includes(`_operation_seconds_count{${labels}}`))
  return Number(line?.split(' ').at(-1))
}
