import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { onTestFinished } from 'vitest'
import type { CallContext, ChatAdapter } from '../../src/domain/adapter.ts'
import { anonymousCaller } from '../../src/domain/caller.ts'
import type { OfflineMessageDraft } from '../../src/domain/offline-messages.ts'
import type { Clock } from '../../src/offline/clock.ts'
import { type DeliveryPolicy, DeliveryWorker } from '../../src/offline/delivery-worker.ts'
import type { OfflineStore, QueueLimits } from '../../src/offline/offline-store.ts'
import { Outbox } from '../../src/offline/outbox.ts'
import { offlineSpacingMs } from '../../src/providers/adapter-factory.ts'
import { wideLimits } from '../store/databases.ts'
import { silentLog } from '../support/log.ts'
import { ManualClock } from './manual-clock.ts'
import { openUnsyncedStore } from './unsynced-store.ts'

export const FIRST_ATTEMPT_TIMEOUT_MS = 3_000
/** For tests in which days pass: checking every few seconds would take too long. */
export const rareChecks = { checkIntervalMs: 3_600_000 }
export const draft: OfflineMessageDraft = {
  name: 'Ada',
  email: 'ada@mail.test',
  text: 'Hello',
  department: null,
  host: null,
}
export const policy: DeliveryPolicy = {
  spacingMs: () => 0,
  maxAttempts: 12,
  checkIntervalMs: 5_000,
  retentionMs: 30 * 86_400_000,
  keyRetentionMs: 7 * 86_400_000,
}

export type OfflineAdapter = Pick<ChatAdapter, 'name' | 'kind' | 'sendOfflineMessage'>

/** A provider with the test's `sendOfflineMessage`, without a native id by default; records its calls. */
export function createOfflineAdapter(
  outcome: (draft: OfflineMessageDraft, call: CallContext) => Promise<void> = async () => {},
  { name, kind }: Pick<OfflineAdapter, 'name' | 'kind'> = { name: 'rc', kind: 'ROCKET_CHAT' },
) {
  const sent: OfflineMessageDraft[] = []
  const sendOfflineMessage = async (each: OfflineMessageDraft, call: CallContext) => {
    sent.push(each)
    await outcome(each, call)
    return null
  }
  return { name, kind, sendOfflineMessage, sent }
}

export interface DeliveryOptions {
  readonly store?: OfflineStore
  readonly clock?: Clock
  /** `spacingMs` applies to providers that limit offline messages. */
  readonly policy?: Partial<Omit<DeliveryPolicy, 'spacingMs'>> & { readonly spacingMs?: number }
  readonly limits?: QueueLimits
  readonly log?: Logger
}

/** An outbox with a worker on a new SQLite store, for these providers; stopped after the test. */
export async function openDelivery(adapters: readonly OfflineAdapter[], options: DeliveryOptions = {}) {
  const store = options.store ?? (await openUnsyncedStore())
  const clock = options.clock ?? new ManualClock()
  const log = options.log ?? silentLog
  const lease = { id: randomUUID(), leaseMs: 60_000, isHeld: () => true, canExpireOthers: () => true }
  const spacingMs = options.policy?.spacingMs ?? 0
  const observed: string[] = []
  const rateLimited: (string | null)[] = []
  const worker = new DeliveryWorker({
    adapters,
    store,
    lease,
    clock,
    log,
    policy: { ...policy, ...options.policy, spacingMs: (kind) => offlineSpacingMs(kind, spacingMs) },
    onAttempt: (provider, state) => void observed.push(`${provider} ${state}`),
    tracing: null,
  })
  const outbox = new Outbox({
    store,
    worker,
    clock,
    firstAttemptTimeoutMs: FIRST_ATTEMPT_TIMEOUT_MS,
    limits: options.limits ?? wideLimits,
    hashAddress: (address) => `hash of ${address}`,
    onRateLimited: (address) => void rateLimited.push(address),
  })
  onTestFinished(async () => {
    const stopped = worker.stop(0)
    if (clock instanceof ManualClock) await clock.advance(0)
    await stopped
  })
  void worker.start()
  const send = (
    adapter: OfflineAdapter,
    more: Partial<OfflineMessageDraft> = {},
    key: string | null = null,
    clientAddress: string | null = null,
  ) => outbox.send(adapter, { ...draft, ...more }, key, { log, caller: anonymousCaller, clientAddress })
  const found = async (id: string) => (await store.find([id]))[0] ?? null
  return { store, worker, outbox, send, found, observed, rateLimited }
}
