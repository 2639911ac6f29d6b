import { Gauge, type Registry } from 'prom-client'
import type { LiveReport } from '../../live/polling/live-state.ts'

/** Numbers of subscribed rooms and of their subscribers. */
export interface SubscriptionCounts {
  readonly rooms: number
  readonly subscribers: number
}

/** The state of polling and live events, read at each scrape. */
export interface LiveMetricsSource {
  readonly counts: SubscriptionCounts
  readonly liveReports: readonly LiveReport[]
}

/** Adds the metrics of subscribed rooms and account pollers to a registry. */
export function createLiveMetrics(registry: Registry, hub: LiveMetricsSource): void {
  new Gauge({
    name: 'switchboard_watched_rooms',
    help: 'Rooms that are polled because they have subscribers.',
    registers: [registry],
    collect() {
      this.set(hub.counts.rooms)
    },
  })
  new Gauge({
    name: 'switchboard_watchers',
    help: 'Subscribers of rooms.',
    registers: [registry],
    collect() {
      this.set(hub.counts.subscribers)
    },
  })
  new Gauge({
    name: 'switchboard_live_rooms',
    help: 'Rooms with subscribers, by source of their events: the provider’s push (PUSH), the account poller (DIGEST) or polls of each room (POLL).',
    labelNames: ['provider', 'source'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { provider, rooms } of hub.liveReports) {
        this.set({ provider, source: 'PUSH' }, rooms.PUSH)
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
      for (const { provider, accountPollerLagMs } of hub.liveReports) {
        if (accountPollerLagMs !== null) this.set({ provider }, accountPollerLagMs / 1000)
      }
    },
  })
}
