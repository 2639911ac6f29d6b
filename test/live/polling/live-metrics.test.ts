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

/** The lines of a metric as `/metrics` serves them, its comments among them. */
async function linesOf({ url }: BothProviders, metric: string): Promise<readonly string[]> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return text.split('\n').filter((line) => line.startsWith(metric) || line.startsWith(`# HELP ${metric} `))
}

/** The seconds of a provider's sample; null where there is none. */
async function lagOf(house: BothProviders, provider: string): Promise<number | null> {
  const start = `switchboard_live_lag_seconds{provider="${provider}"} `
  const sample = (await linesOf(house, 'switchboard_live_lag_seconds')).find((line) => line.startsWith(start))
  return sample === undefined ? null : Number(sample.slice(start.length))
}

const ROOMS_HELP =
  '# HELP switchboard_live_rooms Watched rooms by what serves them: the digest of their account, or looks at each room.'
const LAG_HELP =
  '# HELP switchboard_live_lag_seconds Seconds since the last digest of an account that was answered began; absent while none runs.'

it('counts watched rooms by what serves them, of each account that has any', async () => {
  const house = await openBothProviders()
  liveChatFixture.forbidActivity(house)
  const rooms = [rocketChatFixture.openRoom(house), rocketChatFixture.openRoom(house)]
  const chat = liveChatFixture.openRoom(house)
  expect(await linesOf(house, 'switchboard_live_rooms')).toEqual([ROOMS_HELP])
  expect(await linesOf(house, 'switchboard_live_lag_seconds')).toEqual([LAG_HELP])
  const streams = await Promise.all([
    ...rooms.map((room) => subscribeToRoom(house, rocketChatFixture, room)),
    subscribeToRoom(house, liveChatFixture, chat),
  ])
  for (const room of rooms) await waitForSource(house, rocketChatFixture, room, 'DIGEST')
  await waitForSource(house, liveChatFixture, chat, 'POLL')
  const [help, ...samples] = await linesOf(house, 'switchboard_live_rooms')
  expect(help).toBe(ROOMS_HELP)
  expect(samples.toSorted()).toEqual([
    'switchboard_live_rooms{provider="livechat",source="DIGEST"} 0',
    'switchboard_live_rooms{provider="livechat",source="POLL"} 1',
    'switchboard_live_rooms{provider="rocketchat",source="DIGEST"} 2',
    'switchboard_live_rooms{provider="rocketchat",source="POLL"} 0',
  ])
  for (const stream of streams) await stream.stop()
  await waitUntil(() => house.gateway.liveCounts().rooms === 0)
  expect(await linesOf(house, 'switchboard_live_rooms')).toEqual([ROOMS_HELP])
})

it.each(providerFixtures)(
  'tells how long ago the digest of $name was answered, and nothing where none runs',
  async (place) => {
    const house = await openBothProviders()
    const allow = place.forbidActivity(house)
    const room = place.openRoom(house)
    const stream = await subscribeToRoom(house, place, room)
    await waitForSource(house, place, room, 'POLL')
    expect(await lagOf(house, place.name)).toBeNull()
    allow()
    await waitForSource(house, place, room, 'DIGEST')
    expect(await lagOf(house, place.name)).toBeGreaterThan(0)
    place.failActivity(house)
    await waitForSource(house, place, room, 'POLL')
    const broken = await lagOf(house, place.name)
    // It grows for as long as nothing is answered.
    expect(await lagOf(house, place.name)).toBeGreaterThan(broken ?? Number.POSITIVE_INFINITY)
    await stream.stop()
    await waitUntil(() => house.gateway.liveCounts().rooms === 0)
    expect(await lagOf(house, place.name)).toBeNull()
  },
)
