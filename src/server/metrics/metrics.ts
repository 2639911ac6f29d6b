import type { Logger } from 'pino'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { OfflineStore } from '../../offline/offline-store.ts'
import type { UpstreamRequestReport } from '../../upstream/client.ts'
import { OperationNames } from '../diagnostics/operation-names.ts'
import type { ObserveOperation } from '../diagnostics/operation-report.ts'
import { createHttpLog, createOperationLog } from '../diagnostics/request-log.ts'
import { createSecurityLog, type SecurityLog } from '../diagnostics/security-log.ts'
import { createUnexpectedErrors, type UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import type { WebhookOutcome } from '../webhooks/webhook-handler.ts'
import { createConnectionMetrics, type OpenConnectionCounts } from './connection-metrics.ts'
import { createHttpMetrics, type ObserveHttpRequest } from './http-metrics.ts'
import { createLiveMetrics, type LiveMetricsSource } from './live-metrics.ts'
import { createOfflineMetrics, type OfflineMetrics } from './offline-metrics.ts'
import { createOperationMetrics } from './operation-metrics.ts'
import { processMetrics } from './process-metrics.ts'
import { createRateLimitMetrics, type RateLimitMetrics } from './rate-limit-metrics.ts'

/** All metrics of the gateway. */
export interface Metrics extends UpstreamMetrics, RateLimitMetrics, OfflineMetrics {
  /** Returns the metrics as Prometheus text, with its content type. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>
  /** Records refused requests in the log and in a counter. */
  readonly security: SecurityLog
  /** Records unexpected errors in the log and in a counter. */
  readonly unexpected: UnexpectedErrors
  readonly observeOperation: ObserveOperation
  /** The names of operations that are shown. */
  readonly operationNames: OperationNames
  readonly observeHttpRequest: ObserveHttpRequest
  /** Sets what the metrics of open connections read at each scrape. */
  readonly observeConnections: (readCounts: () => OpenConnectionCounts) => void
  /** Counts one webhook of a provider. */
  observeWebhook(provider: string, outcome: WebhookOutcome): void
}

interface UpstreamMetrics {
  /** Counts one upstream request of a provider. Labels contain route patterns, but no ids and no tokens. */
  observeUpstreamRequest(provider: string, report: UpstreamRequestReport): void
}

/** Options of the metrics of requests, and of their log. */
export interface RequestMetricsOptions {
  /** Names of operations in trusted documents. */
  readonly trustedNames?: Iterable<string>
  /** Logs each request and operation; off by default. */
  readonly logsRequests?: boolean
}

/** Creates the metrics. `hub` and `offline` are read at each scrape. Refused requests and errors also go to `log`. */
export function createMetrics(
  hub: LiveMetricsSource,
  offline: Pick<OfflineStore, 'countByState'>,
  log: Logger,
  { trustedNames = [], logsRequests = false }: RequestMetricsOptions = {},
): Metrics {
  const registry = new Registry()
  // Observes the event loop and garbage collection from the start, not from the first scrape.
  const standardMetrics = processMetrics()
  createLiveMetrics(registry, hub)
  const webhooks = new Counter({
    name: 'switchboard_webhooks_total',
    help: 'Webhooks received for a provider, by outcome.',
    labelNames: ['provider', 'outcome'],
    registers: [registry],
  })
  new Gauge({
    name: 'switchboard_resident_memory_bytes',
    help: 'Resident memory of the process. Same value as process_resident_memory_bytes.',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  const names = new OperationNames(trustedNames)
  const countOperation = createOperationMetrics(registry, names)
  const countHttpRequest = createHttpMetrics(registry)
  return {
    observeOperation: logsRequests ? both(countOperation, createOperationLog(log, names)) : countOperation,
    operationNames: names,
    observeHttpRequest: logsRequests ? both(countHttpRequest, createHttpLog(log)) : countHttpRequest,
    observeConnections: createConnectionMetrics(registry),
    security: createSecurityLog(log, registry),
    unexpected: createUnexpectedErrors(log, registry),
    ...createUpstreamMetrics(registry),
    ...createRateLimitMetrics(registry),
    ...createOfflineMetrics(registry, offline),
    observeWebhook: (provider, outcome) => webhooks.inc({ provider, outcome }),
    render: async () => ({
      contentType: registry.contentType,
      text: `${await registry.metrics()}\n${await standardMetrics.metrics()}`,
    }),
  }
}

function both<Report>(one: (report: Report) => void, other: (report: Report) => void) {
  return (report: Report): void => {
    one(report)
    other(report)
  }
}

function createUpstreamMetrics(registry: Registry): UpstreamMetrics {
  const requests = new Counter({
    name: 'switchboard_upstream_calls_total',
    help: 'Requests to providers, by route and outcome (an HTTP status, or the kind of network failure).',
    labelNames: ['provider', 'method', 'route', 'outcome'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'switchboard_upstream_call_seconds',
    help: 'Duration of requests to providers.',
    labelNames: ['provider', 'method', 'route'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  return {
    observeUpstreamRequest(provider, { method, route, outcome, seconds }) {
      requests.inc({ provider, method, route, outcome })
      durations.observe({ provider, method, route }, seconds)
    },
  }
}
