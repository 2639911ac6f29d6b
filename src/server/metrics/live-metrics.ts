import { Gauge, type Registry } from 'prom-client'
import type { LiveReport } from '../../live/polling/live-state.ts'

/** What live events cost, and how late they are. */
export interface LiveMetrics {
  /** From now on asked at each scrape. */
  observeLive(reports: () => readonly LiveReport[]): void
}

/** Adds the metrics of what serves watched rooms, and of how long ago each account was last looked at as a whole. */
export function createLiveMetrics(registry: Registry): LiveMetrics {
  let ask: () => readonly LiveReport[] = () => []
  new Gauge({
    name: 'switchboard_live_rooms',
    help: 'Watched rooms by what serves them: the digest of their account, or looks at each room.',
    labelNames: ['provider', 'source'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { provider, rooms } of ask()) {
        this.set({ provider, source: 'DIGEST' }, rooms.DIGEST)
        this.set({ provider, source: 'POLL' }, rooms.POLL)
      }
    },
  })
  new Gauge({
    name: 'switchboard_live_lag_seconds',
    help: 'Seconds since the last digest of an account that was answered began; absent while none runs.',
    labelNames: ['provider'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { provider, accountPollerLagMs: digestLagMs } of ask()) {
        if (digestLagMs !== null) this.set({ provider }, digestLagMs / 1000)
      }
    },
  })
  return {
    observeLive(reports) {
      ask = reports
    },
  }
}
