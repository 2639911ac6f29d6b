import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { ChatError } from '../../src/domain/errors.ts'
import { backoffMs } from '../../src/offline/failure-classification.ts'
import { databases, openTestStore, wideLimits } from '../store/databases.ts'
import { acceptance } from '../store/store-setup.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { openDelivery, REPLY_MS, type Sender, seldom, sender } from './delivery.ts'
import { ManualClock, settled } from './manual-clock.ts'
import { openUnsyncedStore } from './unsynced-store.ts'

const away = async () => {
  throw new ChatError('PROVIDER_UNAVAILABLE', 'The provider cannot be reached.')
}
const HOUR_MS = 3_600_000

describe('trying again', () => {
  it('takes a stated number of attempts over about a day, then gives up with the reason', async () => {
    const clock = new ManualClock()
    const begun = clock.now()
    const attempts: number[] = []
    const rc = sender(() => {
      attempts.push(clock.now() - begun)
      return away()
    })
    const { send, found } = await openDelivery([rc], { clock, policy: seldom })
    const { key } = await send(rc)
    await clock.pass(72 * HOUR_MS)
    expect(attempts).toHaveLength(12)
    expect(attempts.at(-1)).toBeGreaterThan(19 * HOUR_MS)
    expect(attempts.at(-1)).toBeLessThan(30 * HOUR_MS)
    expect(await found(key)).toMatchObject({
      state: 'FAILED',
      attempts: 12,
      lastError: 'Given up after 12 attempts: The provider cannot be reached.',
    })
  })

  it('waits longer each time, up to some hours, and not all alike', () => {
    // Neighbours lie further apart than chance moves them; those at the cap of some hours do not.
    const waits = [1, 2, 3, 7, 12, 1000].map(backoffMs)
    expect(waits.slice(0, 5)).toEqual(waits.slice(0, 5).toSorted((a, b) => a - b))
    expect(Math.max(...waits)).toBeLessThanOrEqual(1.2 * 6 * HOUR_MS)
    expect(new Set(Array.from({ length: 20 }, () => backoffMs(1))).size).toBeGreaterThan(1)
  })

  it('waits as long as the provider asks for, the first time, and from then on no less than it would by itself', async () => {
    const clock = new ManualClock()
    const rc = sender(async () => {
      throw new ChatError('RATE_LIMITED', 'Too often.', { retryAfterMs: 7_000 })
    })
    const { send, found } = await openDelivery([rc], { clock, policy: seldom })
    const { key, delivery } = await send(rc)
    expect(delivery.nextAttemptAt).toEqual(new Date(clock.now() + 7_000))
    await clock.pass(7_000)
    const wait = ((await found(key))?.nextAttemptAt?.getTime() ?? 0) - clock.now()
    expect(wait).toBeGreaterThan(12_000)
  })

  it('counts no attempt of which nothing went out, however often that is', async () => {
    const clock = new ManualClock()
    let left = 20
    const rc = sender(async () => {
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
    await clock.pass(200_000)
    expect(rc.sent).toHaveLength(21)
    expect(await found(key)).toMatchObject({ state: 'SENT', attempts: 1 })
    expect(observed).toEqual(['rc SENT'])
  })

  it('a limit that the provider tells holds back all its messages, and no other provider’s', async () => {
    const clock = new ManualClock()
    let limited = true
    const rc = sender(async () => {
      if (limited) throw new ChatError('RATE_LIMITED', 'Too often.', { retryAfterMs: 50_000 })
    })
    const lc = sender(undefined, { name: 'lc', kind: 'LIVECHAT' })
    const { send } = await openDelivery([rc, lc], { clock })
    await send(rc)
    limited = false
    const resumes = new Date(clock.now() + 50_000)
    expect(await send(rc)).toMatchObject({
      delivery: { state: 'QUEUED', attempts: 0, nextAttemptAt: resumes },
    })
    expect(await send(lc)).toMatchObject({ delivery: { state: 'SENT' } })
    await clock.pass(49_999)
    expect(rc.sent).toHaveLength(1)
    await clock.pass(60_000)
    expect(rc.sent).toHaveLength(3)
  })
})

describe.each(databases)('on $name', ({ empty }) => {
  it('two workers on one store deliver everything once', async () => {
    const settings = await empty()
    const rc = sender(() => new Promise((resolve) => void setImmediate(resolve)))
    const stores = await Promise.all([1, 2].map(() => openTestStore(settings)))
    const rooms = await Promise.all(stores.map((store) => openDelivery([rc], { store })))
    const texts = Array.from({ length: 24 }, (_, index) => `message ${index}`)
    await Promise.all(texts.map((text, index) => rooms[index % 2]?.send(rc, { text })))
    await waitUntil(
      async () => (await stores[0]?.countByState())?.every(({ state }) => state === 'SENT') ?? false,
    )
    expect(rc.sent.map(({ text }) => text).sort()).toEqual(texts.sort())
  })

  it('what a dead process was sending becomes UNCONFIRMED and is left alone; what a living one sends does not', async () => {
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
    const rc = sender()
    const { found } = await openDelivery([rc], { clock, store })
    await waitUntil(async () => (await found('left'))?.state === 'SENT')
    expect(await found('dead')).toMatchObject({ state: 'UNCONFIRMED', attempts: 1 })
    expect(await found('living')).toMatchObject({ state: 'SENDING' })
    expect(rc.sent).toHaveLength(1)
  })
})

describe('stopping', () => {
  /** A provider that answers when it is told, or fails when its call is broken off. */
  function slow() {
    let answer: () => void = () => {}
    const rc = sender(
      (_draft, { signal }) =>
        new Promise((resolve, reject) => {
          answer = resolve
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    return { rc, answer: () => answer() }
  }

  async function underWay(rc: Sender & { readonly sent: readonly unknown[] }, clock: ManualClock) {
    const room = await openDelivery([rc], { clock, policy: { spacingMs: 5_000 } })
    const answers = [room.send(rc), room.send(rc)]
    await settled()
    expect(rc.sent).toHaveLength(1)
    const states = async () => (await room.store.countByState()).map(({ state }) => state).sort()
    return { ...room, answers, states }
  }

  it('lets the attempt under way finish and begins no other', async () => {
    const clock = new ManualClock()
    const { rc, answer } = slow()
    const { worker, answers, states } = await underWay(rc, clock)
    const stopped = worker.stop(1_000)
    await settled()
    answer()
    await stopped
    expect(await states()).toEqual(['QUEUED', 'SENT'])
    await Promise.all(answers)
    await clock.pass(HOUR_MS)
    expect(rc.sent).toHaveLength(1)
  })

  it('breaks it off after the time it was given: nobody knows then', async () => {
    const clock = new ManualClock()
    const { rc } = slow()
    const { worker, answers, states } = await underWay(rc, clock)
    const stopped = worker.stop(1_000)
    await clock.pass(1_000)
    await stopped
    expect(await states()).toEqual(['QUEUED', 'UNCONFIRMED'])
    await Promise.all(answers)
  })
})

it('writes an outcome down again until the store takes it', async () => {
  const clock = new ManualClock()
  const store = await openUnsyncedStore()
  const settle = store.recordOutcome.bind(store)
  let refusals = 2
  store.recordOutcome = async (...args) => {
    refusals -= 1
    if (refusals >= 0) throw new Error('The database is away.')
    return settle(...args)
  }
  const rc = sender()
  const { send, found } = await openDelivery([rc], { clock, store })
  const answered = send(rc)
  await clock.pass(REPLY_MS)
  expect(await found((await answered).key)).toMatchObject({ state: 'SENT', attempts: 1 })
})

it('lives through a store that is away, and goes on when it is back', async () => {
  const clock = new ManualClock()
  const store = await openUnsyncedStore()
  const claim = store.claim.bind(store)
  store.claim = () => Promise.reject(new Error('The database is away.'))
  const rc = sender()
  const { send } = await openDelivery([rc], { clock, store })
  const answered = send(rc)
  await clock.pass(REPLY_MS)
  expect(await answered).toMatchObject({ delivery: { state: 'QUEUED', attempts: 0 } })
  store.claim = claim
  await clock.pass(5_000)
  expect(rc.sent).toHaveLength(1)
})

it('keeps the messages of a provider that left the configuration, and says so once', async () => {
  const clock = new ManualClock()
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const store = await openUnsyncedStore()
  const before = await openDelivery([sender(away)], { clock, store })
  const { key } = await before.send(sender(away))
  await before.worker.stop(0)
  const { found } = await openDelivery([], { clock, store, log, policy: seldom })
  await clock.pass(24 * HOUR_MS)
  expect(await found(key)).toMatchObject({ state: 'QUEUED' })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ provider: 'rc', messages: 1 }])
})

it('forgets sent messages after the time for which they are kept', async () => {
  const clock = new ManualClock()
  const rc = sender()
  const { send, found } = await openDelivery([rc], {
    clock,
    policy: { ...seldom, retentionMs: 48 * HOUR_MS },
  })
  const { key } = await send(rc)
  await clock.pass(47 * HOUR_MS)
  expect(await found(key)).not.toBeNull()
  await clock.pass(2 * HOUR_MS)
  expect(await found(key)).toBeNull()
})
