import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { CallContext } from '../../src/domain/adapter.ts'
import { ChatError, type ErrorCode, errorCodes } from '../../src/domain/errors.ts'
import { MessageNotStoredError, type OfflineStore } from '../../src/offline/offline-store.ts'
import {
  createOfflineAdapter,
  draft,
  FIRST_ATTEMPT_TIMEOUT_MS,
  openDelivery,
  rareChecks,
} from './delivery.ts'
import { ManualClock, pendingWork } from './manual-clock.ts'
import { openUnsyncedStore } from './unsynced-store.ts'

const failing = (code: ErrorCode, retryAfterMs?: number) => async () => {
  throw new ChatError(code, 'As the test says.', retryAfterMs === undefined ? {} : { retryAfterMs })
}
const never = (_draft: unknown, { signal }: Pick<CallContext, 'signal'>) =>
  new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
const passing: readonly ErrorCode[] = ['RATE_LIMITED', 'PROVIDER_UNAVAILABLE']

describe('the result reports the true delivery state', () => {
  it('SENT, after the provider accepted it', async () => {
    const rc = createOfflineAdapter()
    const { send, observed } = await openDelivery([rc])
    expect(await send(rc)).toMatchObject({ text: 'Hello', delivery: { state: 'SENT', attempts: 1 } })
    expect(rc.sent).toEqual([draft])
    expect(observed).toEqual(['rc SENT'])
  })

  it('stores the message first, and the attempt before its request is sent', async () => {
    const states: unknown[] = []
    const rc = createOfflineAdapter(async () => {
      states.push((await store.countByState()).map(({ state }) => state))
    })
    const { store, send } = await openDelivery([rc])
    await send(rc)
    expect(states).toEqual([['SENDING']])
  })

  it.each(errorCodes.filter((code) => !passing.includes(code) && code !== 'OUTCOME_UNKNOWN'))(
    'FAILED with the reason after %s, and never retried',
    async (code) => {
      const clock = new ManualClock()
      const rc = createOfflineAdapter(failing(code))
      const { send } = await openDelivery([rc], { clock, policy: rareChecks })
      expect(await send(rc)).toMatchObject({
        delivery: { state: 'FAILED', attempts: 1, lastError: 'As the test says.', nextAttemptAt: null },
      })
      await clock.advance(3 * 86_400_000)
      expect(rc.sent).toHaveLength(1)
    },
  )

  it.each(passing)('QUEUED with the next attempt after %s', async (code) => {
    const clock = new ManualClock()
    const rc = createOfflineAdapter(failing(code))
    const { send } = await openDelivery([rc], { clock })
    const { delivery } = await send(rc)
    expect(delivery).toMatchObject({ state: 'QUEUED', attempts: 1, lastError: 'As the test says.' })
    const wait = (delivery.nextAttemptAt?.getTime() ?? 0) - clock.now()
    expect(wait).toBeGreaterThanOrEqual(4_000)
    expect(wait).toBeLessThanOrEqual(6_000)
  })

  it.each([
    ['no response came', failing('OUTCOME_UNKNOWN')],
    ['an unexpected error occurred', () => Promise.reject(new Error('unforeseen'))],
  ])('UNCONFIRMED if %s, and never retried', async (_what, outcome) => {
    const clock = new ManualClock()
    const rc = createOfflineAdapter(outcome)
    const { send } = await openDelivery([rc], { clock, policy: rareChecks })
    expect(await send(rc)).toMatchObject({ delivery: { state: 'UNCONFIRMED', attempts: 1 } })
    await clock.advance(3 * 86_400_000)
    expect(rc.sent).toHaveLength(1)
  })

  it('QUEUED while the provider is slow; delivery continues', async () => {
    const clock = new ManualClock()
    let answer: () => void = () => {}
    const rc = createOfflineAdapter(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    const { send, found } = await openDelivery([rc], { clock })
    const answered = send(rc)
    await clock.advance(FIRST_ATTEMPT_TIMEOUT_MS)
    const { key, delivery } = await answered
    expect(delivery).toMatchObject({ state: 'QUEUED', attempts: 1 })
    answer()
    await pendingWork()
    expect(await found(key)).toMatchObject({ state: 'SENT' })
  })

  it('QUEUED at once if it is not due, with the time when it is', async () => {
    const clock = new ManualClock()
    const rc = createOfflineAdapter()
    const { send } = await openDelivery([rc], { clock, policy: { spacingMs: 5_000 } })
    await send(rc)
    expect(await send(rc)).toMatchObject({
      delivery: { state: 'QUEUED', attempts: 0, nextAttemptAt: new Date(clock.now() + 5_000) },
    })
    await clock.advance(5_000)
    expect(rc.sent).toHaveLength(2)
  })

  it('with spacing for Rocket.Chat and no other provider', async () => {
    const liveChat = createOfflineAdapter(undefined, { name: 'lc', kind: 'LIVECHAT' })
    const { send } = await openDelivery([liveChat], { policy: { spacingMs: 5_000 } })
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => send(liveChat)))
    expect(answers.map(({ delivery }) => delivery.state)).toEqual(Array(6).fill('SENT'))
  })
})

describe('a key', () => {
  it('identifies one message, however many requests bring it at once and whatever its state', async () => {
    for (const outcome of [undefined, failing('OUTCOME_UNKNOWN'), failing('FORBIDDEN')]) {
      const rc = createOfflineAdapter(outcome)
      const { send } = await openDelivery([rc])
      const answers = await Promise.all([1, 2, 3].map(() => send(rc, {}, 'key')))
      expect(answers).toEqual(Array(3).fill(await send(rc, {}, 'key')))
      expect(rc.sent).toHaveLength(1)
    }
  })

  it('is a conflict with another input, also while the first is in flight', async () => {
    const clock = new ManualClock()
    const rc = createOfflineAdapter(never)
    const { send } = await openDelivery([rc], { clock })
    const first = send(rc, {}, 'key')
    const conflict = { code: 'CONFLICT', field: 'idempotencyKey', provider: 'rc' }
    await expect(send(rc, { text: 'Else' }, 'key')).rejects.toMatchObject(conflict)
    await clock.advance(FIRST_ATTEMPT_TIMEOUT_MS)
    await first
  })

  it('is kept for the configured time, across restarts', async () => {
    const clock = new ManualClock()
    const store = await openUnsyncedStore()
    const rc = createOfflineAdapter()
    const before = await openDelivery([rc], { clock, store, policy: rareChecks })
    const first = await before.send(rc, {}, 'key')
    await before.worker.stop(0)
    const { send } = await openDelivery([rc], { clock, store, policy: rareChecks })
    await clock.advance(6.9 * 86_400_000)
    expect(await send(rc, {}, 'key')).toEqual(first)
    await clock.advance(0.2 * 86_400_000)
    expect((await send(rc, {}, 'key')).key).not.toBe(first.key)
  })
})

describe('a message that cannot be stored', () => {
  const broken = (mayHaveBeenStored: boolean): Pick<OfflineStore, 'accept'> => ({
    accept: () => Promise.reject(new MessageNotStoredError(mayHaveBeenStored, new Error('disk full'))),
  })

  it.each([
    [false, 'PROVIDER_UNAVAILABLE'],
    [true, 'OUTCOME_UNKNOWN'],
  ] as const)('is not sent; may have been stored: %s', async (mayHaveBeenStored, code) => {
    const rc = createOfflineAdapter()
    const store = await openUnsyncedStore()
    const { send } = await openDelivery([rc], { store: Object.assign(store, broken(mayHaveBeenStored)) })
    await expect(send(rc)).rejects.toMatchObject({ code })
    expect(rc.sent).toEqual([])
  })
})

describe('operators', () => {
  it('retry UNCONFIRMED or FAILED messages, and receive the outcome', async () => {
    const outcomes: (typeof never)[] = [failing('OUTCOME_UNKNOWN'), failing('FORBIDDEN'), async () => {}]
    const rc = createOfflineAdapter((each, call) => (outcomes.shift() ?? never)(each, call))
    const { send, outbox } = await openDelivery([rc])
    const { key } = await send(rc)
    expect(await outbox.retry(key)).toMatchObject({ delivery: { state: 'FAILED', attempts: 2 } })
    expect(await outbox.retry(key)).toMatchObject({
      delivery: { state: 'SENT', attempts: 3, lastError: null },
    })
    expect(await outbox.retry(key)).toBeNull()
    expect(rc.sent).toHaveLength(3)
  })

  it('discard queued messages, which are never sent', async () => {
    const clock = new ManualClock()
    const rc = createOfflineAdapter(failing('PROVIDER_UNAVAILABLE'))
    const { send, outbox } = await openDelivery([rc], { clock, policy: rareChecks })
    const { key } = await send(rc)
    expect(await outbox.discard(key)).toMatchObject({ delivery: { state: 'DISCARDED', nextAttemptAt: null } })
    expect([await outbox.discard(key), await outbox.retry(key)]).toEqual([null, null])
    await clock.advance(86_400_000)
    expect(rc.sent).toHaveLength(1)
  })

  it('erase the messages of an address', async () => {
    const rc = createOfflineAdapter(failing('PROVIDER_UNAVAILABLE'))
    const { send, outbox, found } = await openDelivery([rc])
    const { key } = await send(rc)
    await send(rc, { email: 'ADA@MAIL.TEST' })
    await send(rc, { email: 'bob@mail.test' })
    expect(await outbox.erase('Ada@mail.test', null)).toBe(2)
    expect(await found(key)).toBeNull()
  })
})

it('publishes each message that it accepts, once, when it is stored', async () => {
  const rc = createOfflineAdapter()
  const { send, outbox } = await openDelivery([rc])
  const published: string[] = []
  const stop = outbox.onAccepted(({ key, delivery }) => void published.push(`${key} ${delivery.state}`))
  const { key } = await send(rc, {}, 'key')
  await send(rc, {}, 'key')
  stop()
  await send(rc)
  expect(published).toEqual([`${key} QUEUED`])
})

it('logs the outcome of an attempt, and nothing about its sender', async () => {
  const lines: string[] = []
  const rc = createOfflineAdapter(failing('FORBIDDEN'))
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const { send } = await openDelivery([rc], { log })
  const { key } = await send(rc)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { id: key, provider: 'rc', attempt: 1, state: 'FAILED', msg: 'offline message delivery attempted' },
  ])
  expect(lines.join()).not.toMatch(/Ada|mail\.test|Hello/)
})
