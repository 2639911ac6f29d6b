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
const cases = providerFixtures.flatMap((fixture) =>
  skews.map((skew) => ({ fixture, name: fixture.name, ...skew })),
)

describe.each(cases)('$name with a clock that is $clock', ({ fixture, byMs }) => {
  it('delivers new messages to a subscriber without a cursor, and no earlier ones', async () => {
    const clock = offsetClock(byMs)
    const setup = await openBothProviders({ rocketChat: { now: clock.now }, liveChat: { now: clock.now } })
    const roomId = fixture.openRoom(setup)
    fixture.sendAsVisitor(setup, roomId, 'long before')
    clock.forward(10_000)
    const first = await subscribeToRoom(setup, fixture, roomId)
    fixture.sendAsVisitor(setup, roomId, 'one')
    const received = await takeUntil(first, 'one')
    expect(received).not.toContain('added long before')
    expect(received.filter((event) => event === 'added one')).toHaveLength(1)
    await waitForSource(setup, fixture, roomId, 'DIGEST')
    // The skew is measured by whole seconds that pass between responses.
    const second = Math.floor(Date.now() / 1_000)
    await waitUntil(() => Math.floor(Date.now() / 1_000) > second + 1)
    const later = await subscribeToRoom(setup, fixture, roomId)
    fixture.sendAsVisitor(setup, roomId, 'two')
    expect(summarize(await first.take(1))).toEqual(['added two'])
    expect(summarize(await later.take(1))).toEqual(['added two'])
  })
})

async function takeUntil(
  stream: Awaited<ReturnType<typeof subscribeToRoom>>,
  text: string,
): Promise<string[]> {
  const received: string[] = []
  while (received.at(-1) !== `added ${text}`) received.push(...summarize(await stream.take(1)))
  return received
}

/** The real clock with an offset that the test can change. */
function offsetClock(byMs: number) {
  let offsetMs = byMs
  return {
    now: () => Date.now() + offsetMs,
    forward(ms: number): void {
      offsetMs += ms
    },
  }
}
