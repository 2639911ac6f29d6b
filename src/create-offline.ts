import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import type { Config } from './config/index.ts'
import type { WorkerLease } from './coordination/worker-lease.ts'
import type { ChatAdapter } from './domain/adapter.ts'
import { systemClock } from './offline/clock.ts'
import { type DeliveryPolicy, DeliveryWorker } from './offline/delivery-worker.ts'
import { OfflineMessageFeed } from './offline/offline-message-feed.ts'
import { Outbox } from './offline/outbox.ts'
import { queueLimits } from './offline/queue-limits.ts'
import { StoredMessageList } from './offline/stored-message-list.ts'
import { offlineSpacingMs } from './providers/adapter-factory.ts'
import type { Metrics } from './server/metrics/metrics.ts'
import type { Store } from './store/create-store.ts'

const REPLY_MS = 3_000
/** How often to check for messages that other processes accepted or abandoned. */
const CHECK_MS = 2_000
/** Calls for a provider's whole list of offline messages may be billed: by default it is one a minute. */
const LIST_IDLES = 4
const DAY_MS = 86_400_000

/** What the handling of offline messages is made of. */
export interface OfflineDependencies {
  readonly adapters: readonly ChatAdapter[]
  readonly store: Store
  readonly lease: WorkerLease
  readonly metrics: Pick<Metrics, 'observeDelivery' | 'security'>
  /** A secret of the gateway: addresses are hashed with it. */
  readonly addressSecret: Buffer
  readonly log: Logger
  /** Milliseconds that an answer waits for an offline message's first attempt. */
  readonly firstAttemptTimeoutMs?: number | undefined
}

/** Creates what the gateway does itself for offline messages: accept, deliver, list and announce them. */
export function createOffline(config: Config, parts: OfflineDependencies) {
  const { adapters, lease, metrics, addressSecret, log } = parts
  const store = parts.store.offline
  const worker = new DeliveryWorker({
    adapters,
    store,
    lease,
    clock: systemClock,
    log,
    policy: deliveryPolicy(config),
    onAttempt: metrics.observeDelivery,
  })
  const outbox = new Outbox({
    store,
    worker,
    clock: systemClock,
    firstAttemptTimeoutMs: parts.firstAttemptTimeoutMs ?? REPLY_MS,
    limits: queueLimits(config.offlineMaxQueued),
    hashAddress: (address) => createHmac('sha256', addressSecret).update(address).digest('base64url'),
    onRateLimited: (address) => metrics.security.recordRefusal('rate_limit', { address }),
  })
  const storedMessages = new StoredMessageList(store, log)
  const offlineMessageFeed = new OfflineMessageFeed({
    adapters,
    list: storedMessages,
    outbox,
    providerIntervalMs: LIST_IDLES * config.pollIdleIntervalMs,
    storeIntervalMs: config.pollIntervalMs,
    log,
  })
  return { worker, outbox, storedMessages, offlineMessageFeed }
}

function deliveryPolicy(config: Config): DeliveryPolicy {
  return {
    spacingMs: (kind) => offlineSpacingMs(kind, config.offlineSpacingMs),
    maxAttempts: config.offlineAttempts,
    checkIntervalMs: CHECK_MS,
    retentionMs: config.offlineRetentionDays * DAY_MS,
    keyRetentionMs: config.offlineKeyDays * DAY_MS,
  }
}
