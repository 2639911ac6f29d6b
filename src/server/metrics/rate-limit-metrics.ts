import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Priority } from '../../domain/priority.ts'
import type { RateLimiterEvent } from '../../upstream/rate-limit/rate-limiter.ts'

/** Metrics of the providers' rate limits. */
export interface RateLimitMetrics {
  /** Records an event of a provider's rate limiter. */
  observeRateLimitEvent(provider: string, event: RateLimiterEvent): void
  /** Publishes a provider's poll delay; `delayMs` is called at each scrape. */
  observePollLag(provider: string, delayMs: () => number): void
}

/** Registers the metrics of the providers' rate limits. */
export function createRateLimitMetrics(registry: Registry): RateLimitMetrics {
  const queuedPolls = new Gauge({
    name: 'switchboard_upstream_waiting',
    help: 'Polls that are queued because of the provider’s rate limits.',
    labelNames: ['provider'],
    registers: [registry],
  })
  const queueTimes = new Histogram({
    name: 'switchboard_upstream_wait_seconds',
    help: 'Time that requests were queued because of the provider’s rate limits. Kind: background for polls, person for all others.',
    labelNames: ['provider', 'kind'],
    buckets: [0.1, 1, 5, 15, 60, 300, 1_800, 7_200],
    registers: [registry],
  })
  const rateLimited = new Counter({
    name: 'switchboard_upstream_refusals_total',
    help: 'Requests that met a rate limit: rejected by the provider, or by the gateway before they were sent.',
    labelNames: ['provider', 'by'],
    registers: [registry],
  })
  const pollDelays = new Map<string, () => number>()
  new Gauge({
    name: 'switchboard_upstream_lag_seconds',
    help: 'Estimated time until the last queued poll is sent within the provider’s rate limits.',
    labelNames: ['provider'],
    registers: [registry],
    collect() {
      for (const [provider, delayMs] of pollDelays) this.set({ provider }, delayMs() / 1000)
    },
  })
  return {
    observeRateLimitEvent(provider, event) {
      if (event.type === 'queued') queuedPolls.inc({ provider }, event.by)
      else if (event.type === 'dequeued')
        queueTimes.observe({ provider, kind: kindOf(event.priority) }, event.seconds)
      else rateLimited.inc({ provider, by: event.by })
    },
    observePollLag(provider, delayMs) {
      pollDelays.set(provider, delayMs)
      queuedPolls.set({ provider }, 0)
    },
  }
}

/** The published values of the label `kind`. */
function kindOf(priority: Priority): string {
  return priority === 'background' ? 'background' : 'person'
}
