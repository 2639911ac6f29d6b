import { expect, it } from 'vitest'
import { Viewer } from '../server/documents.ts'
import { fetchData, waitUntil } from '../support/graphql-client.ts'
import { createLogSink } from '../support/log.ts'
import { asOperator, createTestGateway } from '../support/test-gateway.ts'
import { startTraceCollector, startTracing } from '../support/trace-collector.ts'

type Tracing = ReturnType<typeof startTracing>

function record(tracing: Tracing, name: string): void {
  tracing.start({ name, kind: 'internal', attributes: {} }).end()
}

it('the standard variables name the service, add attributes and headers', async () => {
  const collector = await startTraceCollector()
  const tracing = startTracing(collector, {
    OTEL_SERVICE_NAME: 'chat-gateway',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=one',
  })
  record(tracing, 'work')
  expect((await collector.waitForName('work')).resource).toMatchObject({
    'service.name': 'chat-gateway',
    'service.version': '1.2.3',
    'deployment.environment.name': 'staging',
  })
  expect(collector.headers()).toMatchObject({ 'x-tenant': 'one' })
})

it('the service is switchboard by default', async () => {
  const collector = await startTraceCollector()
  record(startTracing(collector), 'work')
  expect((await collector.waitForName('work')).resource).toMatchObject({ 'service.name': 'switchboard' })
})

it('the standard variables choose what is recorded', async () => {
  const collector = await startTraceCollector()
  const tracing = startTracing(collector, {
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0',
  })
  record(tracing, 'root')
  const parent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`
  tracing.start({ name: 'child', kind: 'server', attributes: {}, parent }).end()
  await collector.waitForName('child')
  expect(collector.spans().map(({ name }) => name)).toEqual(['child'])
})

it('an unreachable collector is logged once, and once when it is back', async () => {
  const collector = await startTraceCollector()
  const port = Number(new URL(collector.url).port)
  const { log, entries } = createLogSink()
  const tracing = startTracing(collector, { OTEL_EXPORTER_OTLP_TIMEOUT: '50' }, log)
  await collector.close()
  for (const name of ['first', 'second']) {
    record(tracing, name)
    await waitUntil(() => entries().length > 0)
  }
  expect(entries()).toMatchObject([{ msg: 'traces cannot be exported', reason: 'ECONNREFUSED' }])
  const restarted = await startTraceCollector(port)
  await waitUntil(() => {
    record(tracing, 'third')
    return entries().length > 1
  })
  await restarted.waitFor(({ name }) => name === 'third')
  expect(entries()).toMatchObject([
    { msg: 'traces cannot be exported' },
    { msg: 'traces are exported again' },
  ])
})

it('a collector that refuses spans is logged with its status', async () => {
  const collector = await startTraceCollector()
  collector.respondWith(401)
  const { log, entries } = createLogSink()
  record(startTracing(collector, {}, log), 'work')
  await waitUntil(() => entries().length > 0)
  expect(entries()).toMatchObject([{ msg: 'traces cannot be exported', reason: '401' }])
})

it('a collector that does not answer delays neither requests nor the end', async () => {
  const collector = await startTraceCollector()
  collector.respondWith(null)
  const tracing = startTracing(collector)
  const { url, gateway } = await createTestGateway({ gateway: { tracing } })
  for (let sent = 0; sent < 20; sent += 1) await fetchData(url, Viewer, {}, asOperator)
  await gateway.close()
  await tracing.close()
  expect(collector.spans()).toEqual([])
})

it('the end of tracing exports what is left', async () => {
  const collector = await startTraceCollector()
  const tracing = startTracing(collector, { OTEL_BSP_SCHEDULE_DELAY: '600000' })
  record(tracing, 'last')
  await tracing.close()
  expect(collector.spans().map(({ name }) => name)).toEqual(['last'])
})
