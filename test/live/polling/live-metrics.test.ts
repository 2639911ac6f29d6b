import { expect, it } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import {
  type BothProviders,
  liveChatFixture,
  openBothProviders,
  providerFixtures,
  rocketChatFixture,
  subscribeToRoom,
  waitForSource,
} from '../both-providers.ts'

/** The lines of a metric in `/metrics`, including its help. */
async function linesOf({ url }: BothProviders, metric: string): Promise<readonly string[]> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return text.split('\n').filter((line) => line.startsWith(metric) || line.startsWith(`# HELP ${metric} `))
}

/** The seconds of a provider's sample; null where there is none. */
async function lagOf(setup: BothProviders, provider: string): Promise<number | null> {
  const start = `switchboard_live_lag_seconds{provider="${provider}"} `
  const sample = (await linesOf(setup, 'switchboard_live_lag_seconds')).find((line) => line.startsWith(start))
  return sample === undefined ? null : Number(sample.slice(start.length))
}

const ROOMS_HELP =
  '# HELP switchboard_live_rooms Rooms with subscribers, by source of their events: the provider’s push (PUSH), the account poller (DIGEST) or polls of each room (POLL).'
const LAG_HELP =
  '# HELP switchboard_live_lag_seconds Seconds since the last successful poll of an account started. Absent while no account poller runs.'

it('counts subscribed rooms by source, for each account that has any', async () => {
  const setup = await openBothProviders()
  liveChatFixture.forbidActivity(setup)
  const rooms = [rocketChatFixture.openRoom(setup), rocketChatFixture.openRoom(setup)]
  const chat = liveChatFixture.openRoom(setup)
  expect(await linesOf(setup, 'switchboard_live_rooms')).toEqual([ROOMS_HELP])
  expect(await linesOf(setup, 'switchboard_live_lag_seconds')).toEqual([LAG_HELP])
  const streams = await Promise.all([
    ...rooms.map((room) => subscribeToRoom(setup, rocketChatFixture, room)),
    subscribeToRoom(setup, liveChatFixture, chat),
  ])
  for (const room of rooms) await waitForSource(setup, rocketChatFixture, room, 'DIGEST')
  await waitForSource(setup, liveChatFixture, chat, 'POLL')
  const [help, ...samples] = await linesOf(setup, 'switchboard_live_rooms')
  expect(help).toBe(ROOMS_HELP)
  expect(samples.toSorted()).toEqual([
    'switchboard_live_rooms{provider="livechat",source="DIGEST"} 0',
    'switchboard_live_rooms{provider="livechat",source="POLL"} 1',
    'switchboard_live_rooms{provider="livechat",source="PUSH"} 0',
    'switchboard_live_rooms{provider="rocketchat",source="DIGEST"} 2',
    'switchboard_live_rooms{provider="rocketchat",source="POLL"} 0',
    'switchboard_live_rooms{provider="rocketchat",source="PUSH"} 0',
  ])
  for (const stream of streams) await stream.stop()
  await waitUntil(() => setup.gateway.liveCounts().rooms === 0)
  expect(await linesOf(setup, 'switchboard_live_rooms')).toEqual([ROOMS_HELP])
})

it.each(providerFixtures)(
  'reports the lag of the account poller of $name, and nothing while it does not work',
  async (fixture) => {
    const setup = await openBothProviders()
    const allow = fixture.forbidActivity(setup)
    const room = fixture.openRoom(setup)
    const stream = await subscribeToRoom(setup, fixture, room)
    await waitForSource(setup, fixture, room, 'POLL')
    expect(await lagOf(setup, fixture.name)).toBeNull()
    allow()
    await waitForSource(setup, fixture, room, 'DIGEST')
    expect(await lagOf(setup, fixture.name)).toBeGreaterThan(0)
    fixture.failActivity(setup)
    await waitForSource(setup, fixture, room, 'POLL')
    const broken = await lagOf(setup, fixture.name)
    // It grows while no poll succeeds.
    expect(await lagOf(setup, fixture.name)).toBeGreaterThan(broken ?? Number.POSITIVE_INFINITY)
    await stream.stop()
    await waitUntil(() => setup.gateway.liveCounts().rooms === 0)
    expect(await lagOf(setup, fixture.name)).toBeNull()
  },
)
