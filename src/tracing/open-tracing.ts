import { setTimeout } from 'node:timers/promises'
import { getNumberFromEnv } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Logger } from 'pino'
import { LoggedExporter } from './export-health.ts'
import { SpanRecorder } from './span-recorder.ts'
import type { Tracing } from './tracing.ts'

const SERVICE_NAME = 'switchboard'
/**
 * Milliseconds that an export may take with its repetitions, unless a variable says otherwise, and that the last one may take when
 * the gateway stops. The library's ten seconds would delay the end of the process.
 */
const EXPORT_TIMEOUT_MS = 3_000
const TIMEOUT_VARIABLES = ['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', 'OTEL_EXPORTER_OTLP_TIMEOUT']

/** Tracing that runs until it is closed. */
export interface OpenTracing extends Tracing {
  /** Exports the spans that have ended, in three seconds at most. Never rejects. */
  close(): Promise<void>
}

/**
 * Starts tracing with the SDK of OpenTelemetry, which reads its settings from the environment of the process: where spans go, which
 * are recorded, and how many may wait. `log` is called when there is something to log.
 */
export function openTracing(version: string, log: () => Logger): OpenTracing {
  const own = resourceFromAttributes({ 'service.name': SERVICE_NAME, 'service.version': version })
  const resource = defaultResource()
    .merge(own)
    .merge(detectResources({ detectors: [envDetector] }))
  const exporter = new LoggedExporter(createExporter(), log)
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] })
  const recorder = new SpanRecorder(provider.getTracer(SERVICE_NAME, version))
  return {
    get active() {
      return recorder.active
    },
    start: (start) => recorder.start(start),
    runIn: (span, work) => recorder.runIn(span, work),
    async close() {
      const isOver = new AbortController()
      const timeout = setTimeout(EXPORT_TIMEOUT_MS, undefined, { signal: isOver.signal }).catch(() => {})
      await Promise.race([provider.shutdown().catch(() => {}), timeout])
      isOver.abort()
    },
  }
}

function createExporter(): OTLPTraceExporter {
  const hasTimeout = TIMEOUT_VARIABLES.some((name) => getNumberFromEnv(name) !== undefined)
  return new OTLPTraceExporter(hasTimeout ? {} : { timeoutMillis: EXPORT_TIMEOUT_MS })
}
