import { expect, it } from 'vitest'
import { OFFLINE_FORM, send } from '../offline/offline-gateway.ts'
import { Added } from '../server/documents.ts'
import { openGatewayWithRoom } from '../support/gateway-with-room.ts'
import { openSocketClient, subscribe, waitUntil } from '../support/graphql-client.ts'
import { createTestGateway, OPERATOR_KEY } from '../support/test-gateway.ts'
import { startTraceCollector, startTracing } from '../support/trace-collector.ts'

const CLIENT = 3
const ERROR = 2

it('polls of rooms and accounts begin traces of their own, with their calls and what they find', async () => {
  const collector = await startTraceCollector()
  const tracing = startTracing(collector)
  const gateway = await openGatewayWithRoom({ as: 'agents', gateway: { tracing } })
  const client = openSocketClient(gateway.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const events = subscribe(client, Added, { id: gateway.roomId })
  await waitUntil(() => gateway.gateway.startedSubscribers() === 1)
  gateway.sendMessage('hello')
  await events.take(1)
  const [account] = await collector.waitFor(
    ({ name, attributes }) => name === 'poll account' && Number(attributes['switchboard.poll.rooms']) > 0,
  )
  const [room] = await collector.waitFor(
    ({ name, attributes }) => name === 'poll room' && attributes['switchboard.poll.events'] === 1,
  )
  for (const poll of [account, room]) {
    expect(poll?.parentSpanId ?? '').toBe('')
    expect(poll?.attributes).toMatchObject({ 'switchboard.provider': 'rocketchat' })
    const calls = await collector.waitFor(({ parentSpanId }) => parentSpanId === poll?.spanId)
    expect(calls[0]).toMatchObject({
      kind: CLIENT,
      attributes: { 'switchboard.call.priority': 'background' },
    })
  }
})

it('a poll that fails says why', async () => {
  const collector = await startTraceCollector()
  const tracing = startTracing(collector)
  const gateway = await openGatewayWithRoom({ as: 'agents', gateway: { tracing } })
  const client = openSocketClient(gateway.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  subscribe(client, Added, { id: gateway.roomId })
  await waitUntil(() => gateway.gateway.startedSubscribers() === 1)
  gateway.rocketChat.injectFault({ kind: 'answer', status: 500, body: {} })
  const [poll] = await collector.waitFor(
    ({ name, statusCode }) => name.startsWith('poll ') && statusCode === ERROR,
  )
  expect(poll?.attributes).toMatchObject({ 'error.type': 'PROVIDER_UNAVAILABLE' })
})

it('each attempt to deliver an offline message is a span, linked to the operation that sent it', async () => {
  const collector = await startTraceCollector()
  const tracing = startTracing(collector)
  const gateway = await createTestGateway({ gateway: { tracing } })
  const headers = { 'retry-after': '1' }
  gateway.rocketChat.injectFault({
    kind: 'answer',
    status: 429,
    headers,
    body: {},
    route: OFFLINE_FORM,
    times: 1,
  })
  await send(gateway)
  const [failed, delivered] = await collector.waitFor(({ name }) => name === 'deliver offline message', 2)
  const operation = await collector.waitForName('mutation other')
  const link = { traceId: operation.traceId, spanId: operation.spanId }
  expect(failed).toMatchObject({
    statusCode: ERROR,
    links: [link],
    attributes: { 'switchboard.delivery.attempt': 1, 'switchboard.delivery.state': 'QUEUED' },
  })
  expect(delivered).toMatchObject({
    statusCode: 0,
    links: [link],
    attributes: { 'switchboard.delivery.attempt': 2, 'switchboard.delivery.state': 'SENT' },
  })
  for (const attempt of [failed, delivered]) {
    expect(attempt?.parentSpanId ?? '').toBe('')
    const calls = await collector.waitFor(({ parentSpanId }) => parentSpanId === attempt?.spanId)
    expect(calls).toMatchObject([{ name: `POST ${OFFLINE_FORM}` }])
  }
})
