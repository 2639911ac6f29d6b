import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Priority } from '../../domain/priority.ts'
import type { RateLimiterEvent } from '../../upstream/rate-limit/rate-limiter.ts'

/** What the providers' limits cost. */
export interface RateLimitMetrics {
  /** Takes note of what happened in a provider's budget. */
  observeRateLimitEvent(provider: string, event: RateLimiterEvent): void
  /** Shows a provider's lag; `lagMs` is asked at each scrape. */
  observePollLag(provider: string, lagMs: () => number): void
}

/** Adds the metrics of the providers' budgets to a registry. */
export function createRateLimitMetrics(registry: Registry): RateLimitMetrics {
  const waiting = new Gauge({
    name: 'switchboard_upstream_waiting',
    help: 'Looks at rooms that wait until the provider’s limits let them be sent.',
    labelNames: ['provider'],
    registers: [registry],
  })
  const waits = new Histogram({
    name: 'switchboard_upstream_wait_seconds',
    help: 'How long calls waited that the provider’s limits did not let be sent at once.',
    labelNames: ['provider', 'kind'],
    buckets: [0.1, 1, 5, 15, 60, 300, 1_800, 7_200],
    registers: [registry],
  })
  const refusals = new Counter({
    name: 'switchboard_upstream_refusals_total',
    help: 'Calls refused for their rate: by the provider, or by the gateway to spare it.',
    labelNames: ['provider', 'by'],
    registers: [registry],
  })
  const lags = new Map<string, () => number>()
  new Gauge({
    name: 'switchboard_upstream_lag_seconds',
    help: 'How long a look at a room waits now, roughly, for the provider’s limits.',
    labelNames: ['provider'],
    registers: [registry],
    collect() {
      for (const [provider, lagMs] of lags) this.set({ provider }, lagMs() / 1000)
    },
  })
  return {
    observeRateLimitEvent(provider, event) {
      if (event.type === 'waiting') waiting.inc({ provider }, event.by)
      else if (event.type === 'waited')
        waits.observe({ provider, kind: kindOf(event.priority) }, event.seconds)
      else refusals.inc({ provider, by: event.by })
    },
    observePollLag(provider, lagMs) {
      lags.set(provider, lagMs)
      waiting.set({ provider }, 0)
    },
  }
}

/** The published values of the label `kind`. */
function kindOf(priority: Priority): string {
  return priority === 'background' ? 'background' : 'person'
}
