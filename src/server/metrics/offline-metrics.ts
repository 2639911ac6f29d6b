import { Counter, Gauge, type Registry } from 'prom-client'
import type { OfflineStore, StoredMessageState } from '../../offline/offline-store.ts'

/** Metrics of the delivery of offline messages. */
export interface OfflineMetrics {
  /** Counts one delivery attempt of an offline message, by the state that followed. */
  observeDelivery(provider: string, outcome: StoredMessageState): void
}

/** States of messages that wait for their delivery or for an operator's decision. */
const PENDING_STATES: readonly StoredMessageState[] = ['QUEUED', 'UNCONFIRMED', 'FAILED']

/** Adds the metrics of offline messages to a registry; the store is read at each scrape. */
export function createOfflineMetrics(
  registry: Registry,
  offline: Pick<OfflineStore, 'countByState'>,
): OfflineMetrics {
  const attempts = new Counter({
    name: 'switchboard_offline_attempts_total',
    help: 'Attempts to deliver offline messages, by the state that followed.',
    labelNames: ['provider', 'outcome'],
    registers: [registry],
  })
  new Gauge({
    name: 'switchboard_offline_messages',
    help: 'Offline messages that wait for delivery (QUEUED) or for a decision of an operator (UNCONFIRMED, FAILED).',
    labelNames: ['provider', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      // While the store is unavailable only these samples are missing: the other metrics are needed most then.
      const counts = await offline.countByState().catch(() => [])
      for (const { provider, state, count } of counts) {
        if (PENDING_STATES.includes(state)) this.set({ provider, state }, count)
      }
    },
  })
  return { observeDelivery: (provider, outcome) => attempts.inc({ provider, outcome }) }
}
