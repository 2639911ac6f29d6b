import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PollInterval } from '../../../src/live/polling/poll-interval.ts'

const options = { activeMs: 1_000, idleMs: 15_000 }

describe('the pace of a poller', () => {
  it('has its first look at once', () => {
    expect(paced().pace.waitMs).toBe(0)
  })

  it('slows down while nothing happens, to the idle interval and no further', () => {
    const { pace } = paced()
    const waits = Array.from({ length: 20 }, () => {
      pace.onPollSucceeded()
      return pace.waitMs
    })
    expect(waits[0]).toBeLessThanOrEqual(1_100)
    expect(waits[4]).toBeGreaterThan(4_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(16_500)
    expect(waits.at(-1)).toBeGreaterThanOrEqual(13_500)
  })

  it('quickens when somebody comes, but asks no more often than an active room is asked', () => {
    const { pace, clock } = paced()
    for (let look = 0; look < 10; look += 1) pace.onPollSucceeded()
    clock.ms += 200
    pace.reset()
    expect(pace.waitMs).toBe(800)
    clock.ms += 5_000
    pace.reset()
    expect(pace.waitMs).toBe(0)
  })

  it('looks again for a hint that came while a look was under way', () => {
    const { pace } = paced()
    pace.onPollStarted()
    pace.pollNow()
    pace.onPollSucceeded()
    expect(pace.waitMs).toBe(0)
    pace.onPollStarted()
    pace.onPollSucceeded()
    expect(pace.waitMs).toBeGreaterThan(800)
  })

  it('backs off from a failure, and goes back to its pace afterwards', () => {
    const { pace } = paced()
    pace.onPollFailed(0)
    expect(pace.waitMs).toBeGreaterThanOrEqual(1_800)
    pace.onPollFailed(0)
    expect(pace.waitMs).toBeGreaterThanOrEqual(2_700)
    pace.reset()
    pace.onPollSucceeded()
    expect(pace.waitMs).toBeLessThanOrEqual(1_100)
  })

  it('asks again right after a silence that the provider asked for, however seldom the room is looked at', () => {
    const { pace, clock } = paced()
    for (let look = 0; look < 20; look += 1) pace.onPollSucceeded()
    clock.ms += pace.waitMs
    pace.onPollStarted()
    pace.onPollFailed(1_000)
    expect(pace.waitMs).toBeCloseTo(1_000)
  })

  it('lets no hint break a silence that the provider asked for', () => {
    const { pace, clock } = paced()
    pace.onPollFailed(30_000)
    pace.pollNow()
    pace.reset()
    expect(pace.waitMs).toBe(30_000)
    expect(pace.rateLimitedForMs).toBe(30_000)
    clock.ms += 30_000
    expect(pace.waitMs).toBe(0)
  })

  it('never waits longer than the slowest interval or the silence asked for, whatever happens', () => {
    const step = fc.record({
      pass: fc.nat(20_000),
      action: fc.constantFrom('onPollStarted', 'onPollSucceeded', 'failed', 'silence', 'pollNow', 'reset'),
    })
    const property = fc.property(fc.nat(5_000), fc.nat(5_000), fc.array(step), (activeMs, idleMs, steps) => {
      const clock = { ms: 0 }
      const pace = new PollInterval({ activeMs, idleMs }, () => clock.ms)
      for (const { pass, action } of steps) {
        clock.ms += pass
        if (action === 'silence') pace.onPollFailed(10_000)
        else if (action === 'failed') pace.onPollFailed(0)
        else pace[action]()
        expect(pace.waitMs).toBeGreaterThanOrEqual(pace.rateLimitedForMs)
        expect(pace.waitMs).toBeLessThanOrEqual(
          Math.max(pace.rateLimitedForMs, 1.1 * Math.max(activeMs, idleMs)),
        )
      }
    })
    fc.assert(property)
  })
})

function paced() {
  const clock = { ms: 0 }
  return { clock, pace: new PollInterval(options, () => clock.ms) }
}
