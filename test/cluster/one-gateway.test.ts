import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { hasPostgres } from '../support/postgres.ts'
import { openCluster, roleIn, watchAlone, watchEverywhere } from './open-cluster.ts'
import type { WatchedRooms } from './watched-rooms.ts'

/** Several processes start and restart, which takes a busy machine long. */
const TEST_MS = 360_000
const REPLICAS = 2
const ROOMS = 4
const ARRIVAL_MS = 60_000
/** Enough calls for a ratio, whatever the intervals are at that moment: several of each room. */
const CALLS = 80
/** Rocket.Chat's stream of all rooms of an account. Each replica that reads a room for operators subscribes to it. */
const ACCOUNT_STREAM = '"__my_messages__"'
const PROVIDERS = ['rocketchat', 'livechat'] as const

describe.runIf(hasPostgres).each(PROVIDERS)('rooms that all replicas watch, at %s', (provider) => {
  /** Replicas and, for comparison, a gateway alone, with a client of every room at each. */
  async function openBoth(push: boolean): Promise<readonly [WatchedRooms, WatchedRooms]> {
    const cluster = await openCluster({ replicas: REPLICAS, rooms: ROOMS, provider, push })
    await watchEverywhere(cluster, ARRIVAL_MS)
    const alone = await watchAlone({ rooms: ROOMS, provider, push })
    expect(await alone.waitForAll(ARRIVAL_MS)).toEqual([])
    return [cluster.watched, alone]
  }

  it(
    'are pushed once, as to one gateway',
    async () => {
      const [cluster, alone] = await openBoth(true)
      const once = await countPushes(alone)
      // A replica whose database has not answered in time reads by itself until it has attached again.
      await expect.poll(() => countPushes(cluster), { timeout: ARRIVAL_MS, interval: 500 }).toBe(once)
    },
    TEST_MS,
  )

  it(
    'are polled once, as by one gateway',
    async () => {
      const [cluster, alone] = await openBoth(false)
      for (const watched of [cluster, alone]) {
        watched.startActivity({ minMs: 500, maxMs: 1_000, changes: false })
        watched.provider.server.clearCalls()
      }
      while (countCalls(alone) < CALLS) await sleep(50)
      // Two pollers make twice the calls.
      expect(countCalls(cluster)).toBeLessThan(1.5 * CALLS)
    },
    TEST_MS,
  )
})

/** The number of subscriptions of visitors' rooms over which the provider pushes a message of each room, in all. */
async function countPushes(watched: WatchedRooms): Promise<number> {
  const { control } = watched.provider.push
  control.clearFrames()
  const texts = watched.provider.rooms.map((_, room) => watched.send(room))
  const hasArrived = () => watched.clients.every((client) => texts.some((text) => client.hasReceived(text)))
  await expect.poll(hasArrived, { timeout: ARRIVAL_MS }).toBe(true)
  const toVisitors = texts.filter((_, room) => roleIn(room) === 'VISITOR')
  return control.frames.filter(
    ({ direction, text: frame }) =>
      direction === 'out' &&
      !frame.includes(ACCOUNT_STREAM) &&
      toVisitors.some((text) => frame.includes(`"${text}"`)),
  ).length
}

function countCalls(watched: WatchedRooms): number {
  return Object.values(watched.provider.server.counts()).reduce((sum, count) => sum + count, 0)
}
