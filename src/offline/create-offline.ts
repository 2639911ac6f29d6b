import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import type { WorkerLease } from '../coordination/worker-lease.ts'
import type { ChatAdapter } from '../domain/adapter.ts'
import { systemClock } from './clock.ts'
import { type DeliveryPolicy, DeliveryWorker, type DeliveryWorkerOptions } from './delivery-worker.ts'
import { OfflineMessageFeed } from './offline-message-feed.ts'
import type { OfflineStore } from './offline-store.ts'
import { Outbox, type OutboxOptions } from './outbox.ts'
import { queueLimits } from './queue-limits.ts'
import { StoredMessageList } from './stored-message-list.ts'

const FIRST_ATTEMPT_TIMEOUT_MS = 3_000
/** How often to check for messages that other processes accepted or abandoned. */
const CHECK_INTERVAL_MS = 2_000
/** Idle poll intervals per poll of a provider's list, one minute by default: requests for whole lists may be billed. */
const IDLE_INTERVALS_PER_LIST_POLL = 4
const DAY_MS = 86_400_000

/** The settings of the gateway that concern offline messages. */
export interface OfflineSettings {
  readonly offlineMaxQueued: number
  readonly offlineAttempts: number
  readonly offlineRetentionDays: number
  readonly offlineKeyDays: number
  readonly pollIntervalMs: number
  readonly pollIdleIntervalMs: number
}

/** What the offline message services depend on. */
export interface OfflineDependencies
  extends Pick<DeliveryPolicy, 'spacingMs'>,
    Pick<DeliveryWorkerOptions, 'onAttempt' | 'tracing'>,
    Pick<OutboxOptions, 'onRateLimited'> {
  readonly adapters: readonly ChatAdapter[]
  readonly store: OfflineStore
  readonly lease: WorkerLease
  /** Secret for the hashes of client addresses. */
  readonly addressSecret: Buffer
  readonly log: Logger
  /** How long a mutation waits for the first delivery attempt; 3 seconds by default. */
  readonly firstAttemptTimeoutMs?: number | undefined
}

/** Creates the services that accept, deliver, list and publish offline messages. */
export function createOffline(settings: OfflineSettings, dependencies: OfflineDependencies) {
  const { adapters, store, lease, addressSecret, spacingMs, onRateLimited, log } = dependencies
  const policy = deliveryPolicy(settings, spacingMs)
  const { onAttempt, tracing } = dependencies
  const worker = new DeliveryWorker({
    adapters,
    store,
    lease,
    clock: systemClock,
    log,
    policy,
    onAttempt,
    tracing,
  })
  const outbox = new Outbox({
    store,
    worker,
    clock: systemClock,
    firstAttemptTimeoutMs: dependencies.firstAttemptTimeoutMs ?? FIRST_ATTEMPT_TIMEOUT_MS,
    limits: queueLimits(settings.offlineMaxQueued),
    hashAddress: (address) => createHmac('sha256', addressSecret).update(address).digest('base64url'),
    onRateLimited,
  })
  const storedMessages = new StoredMessageList(store, log)
  const offlineMessageFeed = new OfflineMessageFeed({
    adapters,
    list: storedMessages,
    outbox,
    providerIntervalMs: IDLE_INTERVALS_PER_LIST_POLL * settings.pollIdleIntervalMs,
    storeIntervalMs: settings.pollIntervalMs,
    log,
  })
  return { worker, outbox, storedMessages, offlineMessageFeed }
}

function deliveryPolicy(settings: OfflineSettings, spacingMs: DeliveryPolicy['spacingMs']): DeliveryPolicy {
  return {
    spacingMs,
    maxAttempts: settings.offlineAttempts,
    checkIntervalMs: CHECK_INTERVAL_MS,
    retentionMs: settings.offlineRetentionDays * DAY_MS,
    keyRetentionMs: settings.offlineKeyDays * DAY_MS,
  }
}
