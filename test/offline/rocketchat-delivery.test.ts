import { expect, it, onTestFinished } from 'vitest'
import { type RocketChatSandboxOptions, startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { systemClock } from '../../src/offline/clock.ts'
import { createAdapterWithoutStore } from '../support/adapter-without-store.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { openDelivery, rareChecks } from './delivery.ts'
import { ManualClock } from './manual-clock.ts'

const ROUTE = '/api/v1/livechat/offline.message'
const HOUR_MS = 3_600_000

const texts = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`)

async function openSandbox(options: RocketChatSandboxOptions) {
  const rocketChat = await startRocketChatSandbox({ seed: false, ...options })
  onTestFinished(() => rocketChat.close())
  const adapter = createAdapterWithoutStore(
    {
      kind: 'ROCKET_CHAT',
      name: 'rocketchat',
      url: rocketChat.url,
    },
    5_000,
  )
  onTestFinished(() => adapter.close())
  return { rocketChat, adapter, arrived: () => rocketChat.workspace.mails.map(({ message }) => message) }
}

/** A worker with a Rocket.Chat sandbox, both with one manual clock. */
async function openWorkerWithSandbox(options: RocketChatSandboxOptions, spacingMs: number) {
  const clock = new ManualClock()
  const { adapter, ...outside } = await openSandbox({ now: clock.now, ...options })
  const room = await openDelivery([adapter], { clock, policy: { ...rareChecks, spacingMs } })
  const allAre = async (state: string) =>
    (await room.store.countByState()).every((each) => each.state === state)
  return { ...room, ...outside, clock, adapter, allAre }
}

it('a burst of a hundred is sent at the rate of the limiter, and none twice', async () => {
  const { send, clock, rocketChat, adapter, allAre, arrived } = await openWorkerWithSandbox({}, 5_250)
  const answers = Promise.all(texts(100).map((text) => send(adapter, { text })))
  await waitUntil(async () => {
    await clock.advance(1_750)
    return allAre('SENT')
  })
  await answers
  expect(arrived().sort()).toEqual(texts(100).sort())
  expect(rocketChat.counts()).toEqual({ [`POST ${ROUTE}`]: 100 })
  const times = rocketChat.workspace.mails.map(({ at }) => at.getTime())
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThan(5_000)
})

it('a burst of a hundred arrives once at a limiter that is two hundred times as fast, without rate-limit responses', async () => {
  const limits = { [`POST ${ROUTE}`]: { calls: 1, windowMs: 5_000 / 200 } }
  const { rocketChat, adapter, arrived } = await openSandbox({ limiter: true, limits })
  const policy = { spacingMs: Math.ceil(5_250 / 200) }
  const { send, store, observed } = await openDelivery([adapter], { clock: systemClock, policy })
  await Promise.all(texts(100).map((text) => send(adapter, { text })))
  await waitUntil(async () => (await store.countByState()).every(({ state }) => state === 'SENT'))
  expect(arrived().sort()).toEqual(texts(100).sort())
  expect(rocketChat.calls.map(({ status }) => status)).toEqual(Array(100).fill(200))
  expect(observed).toEqual(Array(100).fill('rocketchat SENT'))
})

it('a limit that others have used up is met once, and messages delayed by the gateway count as no attempt', async () => {
  const limits = { [`POST ${ROUTE}`]: { calls: 1, windowMs: 60_000 } }
  const { send, clock, rocketChat, adapter } = await openWorkerWithSandbox({ limiter: true, limits }, 0)
  await fetch(`${rocketChat.url}${ROUTE}`, { method: 'POST' })
  rocketChat.clearCalls()
  expect((await send(adapter)).delivery).toMatchObject({ state: 'QUEUED', attempts: 1 })
  const { delivery } = await send(adapter)
  expect(delivery).toMatchObject({ state: 'QUEUED', attempts: 0 })
  expect(delivery.nextAttemptAt?.getTime()).toBeGreaterThan(clock.now())
  await clock.advance(59_000)
  expect(rocketChat.calls.map(({ status }) => status)).toEqual([429])
})

it('messages are queued while the provider is down for an hour, and arrive when it is back', async () => {
  const { send, clock, rocketChat, adapter, allAre, store, arrived } = await openWorkerWithSandbox({}, 0)
  const body = { success: false, error: 'error-omnichannel-is-disabled' }
  const up = rocketChat.injectFault({ kind: 'answer', status: 400, body, route: ROUTE })
  for (const text of texts(20)) {
    const answered = send(adapter, { text })
    await waitUntil(async () => (await store.countByState()).every(({ state }) => state === 'QUEUED'))
    expect((await answered).delivery).toMatchObject({ state: 'QUEUED', lastError: expect.any(String) })
    await clock.advance(HOUR_MS / 20)
  }
  expect(arrived()).toEqual([])
  up()
  await waitUntil(async () => {
    await clock.advance(60_000)
    return allAre('SENT')
  })
  expect(arrived().sort()).toEqual(texts(20).sort())
})
