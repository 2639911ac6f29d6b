import type { Logger } from 'pino'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { OfflineStore } from '../../offline/offline-store.ts'
import type { UpstreamRequestReport } from '../../upstream/client.ts'
import { createSecurityLog, type SecurityLog } from '../diagnostics/security-log.ts'
import { createUnexpectedErrors, type UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import type { WebhookOutcome } from '../webhooks/webhook-handler.ts'
import { createLiveMetrics, type LiveMetrics } from './live-metrics.ts'
import { createOfflineMetrics, type OfflineMetrics } from './offline-metrics.ts'
import { createRateLimitMetrics, type RateLimitMetrics } from './rate-limit-metrics.ts'

/** All that is measured, and how it is read. */
export interface Metrics extends RateLimitMetrics, LiveMetrics, OfflineMetrics {
  /** The Prometheus text and its content type. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>
  /** Counts one upstream call of a provider. Labels hold route patterns: no id, no token. */
  observeUpstreamRequest(provider: string, report: UpstreamRequestReport): void
  /** Records refused requests in the log and in a counter. */
  readonly security: SecurityLog
  /** Records errors that nothing handles in the log and in a counter. */
  readonly unexpected: UnexpectedErrors
  /** Counts one webhook that arrived for a provider. */
  observeWebhook(provider: string, outcome: WebhookOutcome): void
}

/** The gateway's own metrics; `watched` and `offline` are asked at each scrape. Refused requests and unexpected errors also go to `log`. */
export function createMetrics(
  watched: () => { readonly rooms: number; readonly subscribers: number },
  offline: Pick<OfflineStore, 'countByState'>,
  log: Logger,
): Metrics {
  const registry = new Registry()
  const calls = new Counter({
    name: 'switchboard_upstream_calls_total',
    help: 'Calls to providers, by route and outcome (an HTTP status, or how the call failed below HTTP).',
    labelNames: ['provider', 'method', 'route', 'outcome'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'switchboard_upstream_call_seconds',
    help: 'How long calls to providers took.',
    labelNames: ['provider', 'method', 'route'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  const webhooks = new Counter({
    name: 'switchboard_webhooks_total',
    help: 'Webhooks that arrived for a provider, by what became of them.',
    labelNames: ['provider', 'outcome'],
    registers: [registry],
  })
  new Gauge({
    name: 'switchboard_watched_rooms',
    help: 'Rooms that are being looked at for subscribers.',
    registers: [registry],
    collect() {
      this.set(watched().rooms)
    },
  })
  new Gauge({
    name: 'switchboard_watchers',
    help: 'Subscribers of rooms.',
    registers: [registry],
    collect() {
      this.set(watched().subscribers)
    },
  })
  new Gauge({
    name: 'switchboard_resident_memory_bytes',
    help: 'Resident memory of the process.',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })

  return {
    security: createSecurityLog(log, registry),
    unexpected: createUnexpectedErrors(log, registry),
    ...createRateLimitMetrics(registry),
    ...createLiveMetrics(registry),
    ...createOfflineMetrics(registry, offline),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    observeUpstreamRequest(provider, { method, route, outcome, seconds: took }) {
      calls.inc({ provider, method, route, outcome })
      seconds.observe({ provider, method, route }, took)
    },
    observeWebhook: (provider, outcome) => webhooks.inc({ provider, outcome }),
  }
}
