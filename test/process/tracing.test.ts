import { expect, it, onTestFinished } from 'vitest'
import { Viewer } from '../server/documents.ts'
import { fetchData } from '../support/graphql-client.ts'
import { startTraceCollector } from '../support/trace-collector.ts'
import { startProcess } from './gateway-process.ts'

const NAME = 'query other'

function start(settings: Readonly<Record<string, string>>, dotEnv?: Readonly<Record<string, string>>) {
  const gateway = startProcess({ PORT: '0', REQUEST_LOG: 'on', ...settings }, dotEnv)
  onTestFinished(() => gateway.dispose())
  return gateway
}

const parseLines = (text: string): Readonly<Record<string, unknown>>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

it('variables of .env turn traces on; log lines have their ids, and a stop exports what is left', async () => {
  const collector = await startTraceCollector()
  const gateway = start(
    { OTEL_BSP_SCHEDULE_DELAY: '600000' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'from-the-file' },
  )
  await fetchData(await gateway.url, Viewer, {})
  gateway.signal('SIGTERM')
  const { code, stderr } = await gateway.ended
  expect(code).toBe(0)
  const span = collector.spans().find(({ name }) => name === NAME)
  expect(span?.resource).toMatchObject({ 'service.name': 'from-the-file' })
  const line = parseLines(stderr).find(({ msg }) => msg === 'graphql operation')
  expect(line).toMatchObject({ traceId: span?.traceId, spanId: span?.spanId })
})

it.each([
  ['OTEL_TRACES_EXPORTER', 'none'],
  ['OTEL_SDK_DISABLED', 'true'],
])('%s=%s turns traces off', async (name, value) => {
  const collector = await startTraceCollector()
  const gateway = start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, [name]: value })
  await fetchData(await gateway.url, Viewer, {})
  gateway.signal('SIGTERM')
  const { code, stderr } = await gateway.ended
  expect(code).toBe(0)
  expect(collector.spans()).toEqual([])
  expect(stderr).toContain('graphql operation')
  expect(stderr).not.toContain('traceId')
})

it('a collector that does not answer does not keep the process', async () => {
  const collector = await startTraceCollector()
  collector.respondWith(null)
  const gateway = start({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces` })
  await fetchData(await gateway.url, Viewer, {})
  gateway.signal('SIGTERM')
  expect(await gateway.ended).toMatchObject({ code: 0 })
})
