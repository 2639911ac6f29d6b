import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { ChatError } from '../../src/domain/errors.ts'
import { systemClock } from '../../src/offline/clock.ts'
import { backoffMs } from '../../src/offline/failure-classification.ts'
import { databases, openTestStore, wideLimits } from '../store/databases.ts'
import { acceptance } from '../store/store-setup.ts'
import { waitUntil } from '../support/graphql-client.ts'
import {
  createOfflineAdapter,
  FIRST_ATTEMPT_TIMEOUT_MS,
  type OfflineAdapter,
  openDelivery,
  rareChecks,
} from './delivery.ts'
import { ManualClock, pendingWork } from './manual-clock.ts'
import { openUnsyncedStore } from './unsynced-store.ts'

const failUnavailable = async () => {
  throw new ChatError('PROVIDER_UNAVAILABLE', 'The provider cannot be reached.')
}
const HOUR_MS = 3_600_000

describe('retries', () => {
  it('make a fixed number of attempts over about a day, then give up with the reason', async () => {
    const clock = new ManualClock()
    const startedAt = clock.now()
    const attempts: number[] = []
    const rc = createOfflineAdapter(() => {
      attempts.push(clock.now() - startedAt)
      return failUnavailable()
    })
    const { send, found } = await openDelivery([rc], { clock, policy: rareChecks })
    const { key } = await send(rc)
    await clock.advance(72 * HOUR_MS)
    expect(attempts).toHaveLength(12)
    expect(attempts.at(-1)).toBeGreaterThan(19 * HOUR_MS)
    expect(attempts.at(-1)).toBeLessThan(30 * HOUR_MS)
    expect(await found(key)).toMatchObject({
      state: 'FAILED',
      attempts: 12,
      lastError: 'Given up after 12 attempts: The provider cannot be reached.',
    })
  })

  it('are delayed longer each time, up to some hours, with jitter', () => {
    // Consecutive delays differ by more than the jitter, except at the maximum.
    const waits = [1, 2, 3, 7, 12, 1000].map(backoffMs)
    expect(waits.slice(0, 5)).toEqual(waits.slice(0, 5).toSorted((a, b) => a - b))
    expect(Math.max(...waits)).toBeLessThanOrEqual(1.2 * 6 * HOUR_MS)
    expect(new Set(Array.from({ length: 20 }, () => backoffMs(1))).size).toBeGreaterThan(1)
  })

  it('follow the provider’s wait the first time, and later are never sooner than the backoff', async () => {
    const clock = new ManualClock()
    const rc = createOfflineAdapter(async () => {
      throw new ChatError('RATE_LIMITED', 'Too often.', { retryAfterMs: 7_000 })
    })
    const { send, found } = await openDelivery([rc], { clock, policy: rareChecks })
    const { key, delivery } = await send(rc)
    expect(delivery.nextAttemptAt).toEqual(new Date(clock.now() + 7_000))
    await clock.advance(7_000)
    const wait = ((await found(key))?.nextAttemptAt?.getTime() ?? 0) - clock.now()
    expect(wait).toBeGreaterThan(12_000)
  })

  it('do not count attempts that sent no request, however many', async () => {
    const clock = new ManualClock()
    let left = 20
    const rc = createOfflineAdapter(async () => {
      left -= 1
      if (left >= 0) throw new ChatError('RATE_LIMITED', 'Too often.', { retryAfterMs: 10_000, unsent: true })
    })
    const { send, found, observed } = await openDelivery([rc], { clock })
    const { key, delivery } = await send(rc)
    expect(delivery).toMatchObject({
      state: 'QUEUED',
      attempts: 0,
      lastError: 'Too often.',
      nextAttemptAt: new Date(clock.now() + 10_000),
    })
    await clock.advance(200_000)
    expect(rc.sent).toHaveLength(21)
    expect(await found(key)).toMatchObject({ state: 'SENT', attempts: 1 })
    expect(observed).toEqual(['rc SENT'])
  })

  it('a rate-limit response of a provider delays all its messages, and no other provider’s', async () => {
    const clock = new ManualClock()
    let limited = true
    const rc = createOfflineAdapter(async () => {
      if (limited) throw new ChatError('RATE_LIMITED', 'Too often.', { retryAfterMs: 50_000 })
    })
    const lc = createOfflineAdapter(undefined, { name: 'lc', kind: 'LIVECHAT' })
    const { send } = await openDelivery([rc, lc], { clock })
    await send(rc)
    limited = false
    const resumes = new Date(clock.now() + 50_000)
    expect(await send(rc)).toMatchObject({
      delivery: { state: 'QUEUED', attempts: 0, nextAttemptAt: resumes },
    })
    expect(await send(lc)).toMatchObject({ delivery: { state: 'SENT' } })
    await clock.advance(49_999)
    expect(rc.sent).toHaveLength(1)
    await clock.advance(60_000)
    expect(rc.sent).toHaveLength(3)
  })
})

describe.each(databases)('on $name', ({ empty }) => {
  it('two workers on one store deliver each message once', async () => {
    const settings = await empty()
    const rc = createOfflineAdapter(() => new Promise((resolve) => void setImmediate(resolve)))
    const stores = await Promise.all([1, 2].map(() => openTestStore(settings)))
    // The system clock: a worker that meets a message locked by the other one retries after a timer.
    const workers = await Promise.all(
      stores.map((store) => openDelivery([rc], { store, clock: systemClock })),
    )
    const texts = Array.from({ length: 24 }, (_, index) => `message ${index}`)
    await Promise.all(texts.map((text, index) => workers[index % 2]?.send(rc, { text })))
    await waitUntil(
      async () => (await stores[0]?.countByState())?.every(({ state }) => state === 'SENT') ?? false,
    )
    expect(rc.sent.map(({ text }) => text).sort()).toEqual(texts.sort())
  })

  it('messages that a dead process was sending become UNCONFIRMED and are not sent again; those of a live process do not', async () => {
    const clock = new ManualClock()
    const store = await openTestStore(await empty())
    const now = new Date(clock.now())
    for (const [id, leaseMs] of [
      ['dead', -1],
      ['living', 60_000],
    ] as const) {
      await store.accept(acceptance({ id, acceptedAt: now }), wideLimits)
      await store.claim({ provider: 'rc', now, worker: `worker of ${id}`, leaseMs, spacingMs: 0 })
    }
    await store.accept(acceptance({ id: 'left', acceptedAt: now }), wideLimits)
    const rc = createOfflineAdapter()
    const { found } = await openDelivery([rc], { clock, store })
    await waitUntil(async () => (await found('left'))?.state === 'SENT')
    expect(await found('dead')).toMatchObject({ state: 'UNCONFIRMED', attempts: 1 })
    expect(await found('living')).toMatchObject({ state: 'SENDING' })
    expect(rc.sent).toHaveLength(1)
  })
})

describe('stopping', () => {
  /** A provider that responds on demand, or fails when its request is aborted. */
  function slow() {
    let answer: () => void = () => {}
    const rc = createOfflineAdapter(
      (_draft, { signal }) =>
        new Promise((resolve, reject) => {
          answer = resolve
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    return { rc, answer: () => answer() }
  }

  async function underWay(rc: OfflineAdapter & { readonly sent: readonly unknown[] }, clock: ManualClock) {
    const room = await openDelivery([rc], { clock, policy: { spacingMs: 5_000 } })
    const answers = [room.send(rc), room.send(rc)]
    await pendingWork()
    expect(rc.sent).toHaveLength(1)
    const states = async () => (await room.store.countByState()).map(({ state }) => state).sort()
    return { ...room, answers, states }
  }

  it('lets the attempt in flight finish and starts no other', async () => {
    const clock = new ManualClock()
    const { rc, answer } = slow()
    const { worker, answers, states } = await underWay(rc, clock)
    const stopped = worker.stop(1_000)
    await pendingWork()
    answer()
    await stopped
    expect(await states()).toEqual(['QUEUED', 'SENT'])
    await Promise.all(answers)
    await clock.advance(HOUR_MS)
    expect(rc.sent).toHaveLength(1)
  })

  it('aborts it after the grace period, which leaves it UNCONFIRMED', async () => {
    const clock = new ManualClock()
    const { rc } = slow()
    const { worker, answers, states } = await underWay(rc, clock)
    const stopped = worker.stop(1_000)
    await clock.advance(1_000)
    await stopped
    expect(await states()).toEqual(['QUEUED', 'UNCONFIRMED'])
    await Promise.all(answers)
  })
})

it('records an outcome again until the store takes it', async () => {
  const clock = new ManualClock()
  const store = await openUnsyncedStore()
  const settle = store.recordOutcome.bind(store)
  let failures = 2
  store.recordOutcome = async (...args) => {
    failures -= 1
    if (failures >= 0) throw new Error('The database is unavailable.')
    return settle(...args)
  }
  const rc = createOfflineAdapter()
  const { send, found } = await openDelivery([rc], { clock, store })
  const answered = send(rc)
  await clock.advance(FIRST_ATTEMPT_TIMEOUT_MS)
  expect(await found((await answered).key)).toMatchObject({ state: 'SENT', attempts: 1 })
})

it('survives an unavailable store, and continues when it is available again', async () => {
  const clock = new ManualClock()
  const store = await openUnsyncedStore()
  const claim = store.claim.bind(store)
  store.claim = () => Promise.reject(new Error('The database is unavailable.'))
  const rc = createOfflineAdapter()
  const { send } = await openDelivery([rc], { clock, store })
  const answered = send(rc)
  await clock.advance(FIRST_ATTEMPT_TIMEOUT_MS)
  expect(await answered).toMatchObject({ delivery: { state: 'QUEUED', attempts: 0 } })
  store.claim = claim
  await clock.advance(5_000)
  expect(rc.sent).toHaveLength(1)
})

it('keeps the messages of a provider that was removed from the configuration, and logs it once', async () => {
  const clock = new ManualClock()
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const store = await openUnsyncedStore()
  const before = await openDelivery([createOfflineAdapter(failUnavailable)], { clock, store })
  const { key } = await before.send(createOfflineAdapter(failUnavailable))
  await before.worker.stop(0)
  const { found } = await openDelivery([], { clock, store, log, policy: rareChecks })
  await clock.advance(24 * HOUR_MS)
  expect(await found(key)).toMatchObject({ state: 'QUEUED' })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ provider: 'rc', messages: 1 }])
})

it('deletes sent messages after the retention time', async () => {
  const clock = new ManualClock()
  const rc = createOfflineAdapter()
  const { send, found } = await openDelivery([rc], {
    clock,
    policy: { ...rareChecks, retentionMs: 48 * HOUR_MS },
  })
  const { key } = await send(rc)
  await clock.advance(47 * HOUR_MS)
  expect(await found(key)).not.toBeNull()
  await clock.advance(2 * HOUR_MS)
  expect(await found(key)).toBeNull()
})
