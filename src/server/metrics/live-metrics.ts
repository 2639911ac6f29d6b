import { Gauge, type Registry } from 'prom-client'
import type { LiveReport } from '../../live/polling/live-state.ts'

/** Numbers of subscribed rooms and of their subscribers. */
export interface SubscriptionCounts {
  readonly rooms: number
  readonly subscribers: number
}

/** Metrics of polling and live events. */
export interface LiveMetrics {
  /** Sets the source of the reports, which are read at each scrape. */
  observeLive(reports: () => readonly LiveReport[]): void
}

/** Adds the metrics of subscribed rooms and account pollers to a registry. */
export function createLiveMetrics(registry: Registry, counts: () => SubscriptionCounts): LiveMetrics {
  let readReports: () => readonly LiveReport[] = () => []
  new Gauge({
    name: 'switchboard_watched_rooms',
    help: 'Rooms that are polled because they have subscribers.',
    registers: [registry],
    collect() {
      this.set(counts().rooms)
    },
  })
  new Gauge({
    name: 'switchboard_watchers',
    help: 'Subscribers of rooms.',
    registers: [registry],
    collect() {
      this.set(counts().subscribers)
    },
  })
  new Gauge({
    name: 'switchboard_live_rooms',
    help: 'Rooms with subscribers, by source of their events: the account poller (DIGEST) or polls of each room (POLL).',
    labelNames: ['provider', 'source'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { provider, rooms } of readReports()) {
        this.set({ provider, source: 'DIGEST' }, rooms.DIGEST)
        this.set({ provider, source: 'POLL' }, rooms.POLL)
      }
    },
  })
  new Gauge({
    name: 'switchboard_live_lag_seconds',
    help: 'Seconds since the last successful poll of an account started. Absent while no account poller runs.',
    labelNames: ['provider'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { provider, accountPollerLagMs } of readReports()) {
        if (accountPollerLagMs !== null) this.set({ provider }, accountPollerLagMs / 1000)
      }
    },
  })
  return {
    observeLive(reports) {
      readReports = reports
    },
  }
}
