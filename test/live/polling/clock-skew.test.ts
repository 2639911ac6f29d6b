import { describe, expect, it } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import { brief, openHouse, places, servedBy, watch } from '../both-providers.ts'

const MINUTES_MS = 60_000
const skews = [
  { clock: 'five minutes ahead', byMs: 5 * MINUTES_MS },
  { clock: 'five minutes behind', byMs: -5 * MINUTES_MS },
]
const cases = places.flatMap((place) => skews.map((skew) => ({ place, name: place.name, ...skew })))

describe.each(cases)('$name with a clock that is $clock', ({ place, byMs }) => {
  it('tells a subscriber without a cursor what comes, and nothing that was there', async () => {
    const clock = handClock(byMs)
    const house = await openHouse({ rocketChat: { now: clock.now }, liveChat: { now: clock.now } })
    const roomId = place.open(house)
    place.say(house, roomId, 'long before')
    clock.forward(10_000)
    const first = await watch(house, place, roomId)
    place.say(house, roomId, 'one')
    const told = await takeUntil(first, 'one')
    expect(told).not.toContain('added long before')
    expect(told.filter((event) => event === 'added one')).toHaveLength(1)
    await servedBy(house, place, roomId, 'DIGEST')
    // The clock is known by whole seconds that pass between answers.
    const second = Math.floor(Date.now() / 1_000)
    await waitUntil(() => Math.floor(Date.now() / 1_000) > second + 1)
    const later = await watch(house, place, roomId)
    place.say(house, roomId, 'two')
    expect(brief(await first.take(1))).toEqual(['added two'])
    expect(brief(await later.take(1))).toEqual(['added two'])
  })
})

async function takeUntil(stream: Awaited<ReturnType<typeof watch>>, text: string): Promise<string[]> {
  const told: string[] = []
  while (told.at(-1) !== `added ${text}`) told.push(...brief(await stream.take(1)))
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
