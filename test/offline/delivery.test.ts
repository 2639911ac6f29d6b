import { expect, it, onTestFinished } from 'vitest'
import { createRocketChat } from '../../src/providers/rocketchat/adapter.ts'
import { type RocketChatSandboxOptions, startRocketChatSandbox } from '../../src/sandbox/rocketchat/index.ts'
import { until } from '../util/client.ts'
import { openMailroom, seldom } from './mailroom.ts'
import { ManualClock } from './manual-clock.ts'

const ROUTE = '/api/v1/livechat/offline.message'
const HOUR_MS = 3_600_000

/** A worker before a real Rocket.Chat sandbox, both by one clock that stands still until it is told. */
async function openOffice(options: RocketChatSandboxOptions, spacingMs: number) {
  const clock = new ManualClock()
  const rocketChat = await startRocketChatSandbox({ seed: false, now: clock.now, ...options })
  onTestFinished(() => rocketChat.close())
  const adapter = createRocketChat({
    name: 'rocketchat',
    url: rocketChat.url,
    timeoutMs: 5_000,
    offlineDepartment: null,
    offlineHost: null,
    serviceAccount: null,
  })
  onTestFinished(() => adapter.close())
  const room = await openMailroom([adapter], { clock, policy: { ...seldom, spacingMs } })
  const allAre = async (state: string) => (await room.store.tally()).every((each) => each.state === state)
  return { ...room, clock, rocketChat, adapter, allAre }
}

it('a burst of a hundred goes out at the pace that the limiter takes, and none twice', async () => {
  const { send, clock, rocketChat, adapter, allAre } = await openOffice({}, 5_250)
  const texts = Array.from({ length: 100 }, (_, index) => `message ${index}`)
  const answers = Promise.all(texts.map((text) => send(adapter, { text })))
  await until(async () => {
    await clock.pass(1_750)
    return allAre('SENT')
  })
  await answers
  expect(rocketChat.workspace.mails.map(({ message }) => message).sort()).toEqual(texts.sort())
  expect(rocketChat.counts()).toEqual({ [`POST ${ROUTE}`]: 100 })
  const times = rocketChat.workspace.mails.map(({ at }) => at.getTime())
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThan(5_000)
})

it('what comes while the provider is down for an hour is queued, and arrives once it is back', async () => {
  const { send, clock, rocketChat, adapter, allAre, store } = await openOffice({}, 0)
  const body = { success: false, error: 'error-omnichannel-is-disabled' }
  const up = rocketChat.fail({ kind: 'answer', status: 400, body, route: ROUTE })
  const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`)
  for (const text of texts) {
    const answered = send(adapter, { text })
    await until(async () => (await store.tally()).every(({ state }) => state === 'QUEUED'))
    expect((await answered).delivery).toMatchObject({ state: 'QUEUED', lastError: expect.any(String) })
    await clock.pass(HOUR_MS / texts.length)
  }
  expect(rocketChat.workspace.mails).toEqual([])
  up()
  await until(async () => {
    await clock.pass(60_000)
    return allAre('SENT')
  })
  expect(rocketChat.workspace.mails.map(({ message }) => message).sort()).toEqual(texts.sort())
})
