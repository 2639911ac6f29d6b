import { Counter, Gauge, type Registry } from 'prom-client'
import type { OfflineStore, StoredMessageState } from '../../offline/offline-store.ts'

/** How the delivery of offline messages goes. */
export interface OfflineMetrics {
  /** Counts one attempt to deliver an offline message, by what it came to. */
  observeDelivery(provider: string, outcome: StoredMessageState): void
}

/** States in which an offline message waits, for its turn or for a person. */
const WAITING: readonly StoredMessageState[] = ['QUEUED', 'UNCONFIRMED', 'FAILED']

/** Adds the metrics of offline messages to a registry; the store is asked at each scrape. */
export function createOfflineMetrics(
  registry: Registry,
  offline: Pick<OfflineStore, 'countByState'>,
): OfflineMetrics {
  const attempts = new Counter({
    name: 'switchboard_offline_attempts_total',
    help: 'Attempts to deliver offline messages, by what they came to.',
    labelNames: ['provider', 'outcome'],
    registers: [registry],
  })
  new Gauge({
    name: 'switchboard_offline_messages',
    help: 'Offline messages that wait for their turn (QUEUED) or for a person.',
    labelNames: ['provider', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      // A store that is away shows as missing samples: the other metrics are wanted all the more.
      const tally = await offline.countByState().catch(() => [])
      for (const { provider, state, count } of tally) {
        if (WAITING.includes(state)) this.set({ provider, state }, count)
      }
    },
  })
  return { observeDelivery: (provider, outcome) => attempts.inc({ provider, outcome }) }
}
