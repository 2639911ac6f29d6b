import { describe, expect, it } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import {
  openBothProviders,
  providerFixtures,
  subscribeToRoom,
  summarize,
  waitForSource,
} from '../both-providers.ts'

const MINUTES_MS = 60_000
const skews = [
  { clock: 'five minutes ahead', byMs: 5 * MINUTES_MS },
  { clock: 'five minutes behind', byMs: -5 * MINUTES_MS },
]
const cases = providerFixtures.flatMap((place) => skews.map((skew) => ({ place, name: place.name, ...skew })))

describe.each(cases)('$name with a clock that is $clock', ({ place, byMs }) => {
  it('tells a subscriber without a cursor what comes, and nothing that was there', async () => {
    const clock = handClock(byMs)
    const house = await openBothProviders({ rocketChat: { now: clock.now }, liveChat: { now: clock.now } })
    const roomId = place.openRoom(house)
    place.sendAsVisitor(house, roomId, 'long before')
    clock.forward(10_000)
    const first = await subscribeToRoom(house, place, roomId)
    place.sendAsVisitor(house, roomId, 'one')
    const told = await takeUntil(first, 'one')
    expect(told).not.toContain('added long before')
    expect(told.filter((event) => event === 'added one')).toHaveLength(1)
    await waitForSource(house, place, roomId, 'DIGEST')
    // The clock is known by whole seconds that pass between answers.
    const second = Math.floor(Date.now() / 1_000)
    await waitUntil(() => Math.floor(Date.now() / 1_000) > second + 1)
    const later = await subscribeToRoom(house, place, roomId)
    place.sendAsVisitor(house, roomId, 'two')
    expect(summarize(await first.take(1))).toEqual(['added two'])
    expect(summarize(await later.take(1))).toEqual(['added two'])
  })
})

async function takeUntil(
  stream: Awaited<ReturnType<typeof subscribeToRoom>>,
  text: string,
): Promise<string[]> {
  const told: string[] = []
  while (told.at(-1) !== `added ${text}`) told.push(...summarize(await stream.take(1)))
  return told
}

/** The real clock, moved, and moved on by hand. */
function handClock(byMs: number) {
  let moved = byMs
  return {
    now: () => Date.now() + moved,
    forward(ms: number): void {
      moved += ms
    },
  }
}
