import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished, vi } from 'vitest'
import { type OpenTracing, openTracing } from '../../src/tracing/open-tracing.ts'
import { waitUntil } from './graphql-client.ts'
import { silentLog } from './log.ts'

/** A span as a collector receives it. */
export interface ExportedSpan {
  readonly traceId: string
  readonly spanId: string
  /** Empty or absent for the root of a trace. */
  readonly parentSpanId?: string
  readonly name: string
  /** 1: internal, 2: server, 3: client. */
  readonly kind: number
  readonly attributes: Readonly<Record<string, unknown>>
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  /** 2: error. */
  readonly statusCode: number
  readonly resource: Readonly<Record<string, unknown>>
}

/** A collector of OTLP over HTTP on loopback. */
export interface TraceCollector {
  readonly url: string
  /** All spans so far. */
  readonly spans: () => readonly ExportedSpan[]
  /** The bytes of all requests so far, as text. */
  readonly bytes: () => string
  /** The headers of the latest request. */
  readonly headers: () => IncomingHttpHeaders
  /** The status of its responses; null holds each request without one. */
  respondWith(status: number | null): void
  /** Waits for spans that match, and returns those that have come. */
  waitFor(matches: (span: ExportedSpan) => boolean, count?: number): Promise<readonly ExportedSpan[]>
  /** Waits for the one span with this name. */
  waitForName(name: string): Promise<ExportedSpan>
  close(): Promise<void>
}

/** Starts a collector, which is closed at the end of the test. */
export async function startTraceCollector(port = 0): Promise<TraceCollector> {
  const bodies: string[] = []
  let headers: IncomingHttpHeaders = {}
  let status: number | null = 200
  const server = createServer(async (req, res) => {
    headers = req.headers
    const body = (await buffer(req)).toString()
    if (status === null) return
    if (status === 200) bodies.push(body)
    res.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(close)
  const spans = () => bodies.flatMap(parseSpans)
  const collector: TraceCollector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bytes: () => bodies.join('\n'),
    headers: () => headers,
    respondWith(next) {
      status = next
    },
    async waitFor(matches, count = 1) {
      await waitUntil(() => spans().filter(matches).length >= count)
      return spans().filter(matches)
    },
    async waitForName(name) {
      const [span] = await collector.waitFor((each) => each.name === name)
      if (!span) throw new Error(`no span ${name}`)
      return span
    },
    close,
  }
  return collector
}

/** Sets variables of OpenTelemetry until the end of the test. Spans are exported at once. */
export function setTracingVariables(endpoint: string, others: Readonly<Record<string, string>> = {}): void {
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '10', ...others }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
}

/** Starts tracing to a collector, until the end of the test. */
export function startTracing(
  { url }: Pick<TraceCollector, 'url'>,
  others: Readonly<Record<string, string>> = {},
  log = silentLog,
): OpenTracing {
  setTracingVariables(url, others)
  const tracing = openTracing('1.2.3', () => log)
  onTestFinished(() => tracing.close())
  return tracing
}

interface KeyValue {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] }
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<ExportedSpan, 'attributes' | 'resource' | 'statusCode' | 'links'> & {
        readonly attributes?: readonly KeyValue[]
        readonly links?: ExportedSpan['links']
        readonly status?: { readonly code?: number }
      })[]
    }[]
  }[]
}

function parseSpans(body: string): readonly ExportedSpan[] {
  const { resourceSpans } = JSON.parse(body) as ExportRequest
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map(({ attributes = [], links = [], status, ...span }) => ({
        ...span,
        attributes: toObject(attributes),
        links,
        statusCode: status?.code ?? 0,
        resource: toObject(resource.attributes),
      })),
    ),
  )
}

function toObject(attributes: readonly KeyValue[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
}
