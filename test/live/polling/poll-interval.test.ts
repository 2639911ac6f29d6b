import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PollInterval } from '../../../src/live/polling/poll-interval.ts'

const options = { activeMs: 1_000, idleMs: 15_000 }

describe('a poll interval', () => {
  it('is due immediately at first', () => {
    expect(createInterval().interval.waitMs).toBe(0)
  })

  it('grows without activity up to the idle interval', () => {
    const { interval } = createInterval()
    const waits = Array.from({ length: 20 }, () => {
      interval.onPollSucceeded()
      return interval.waitMs
    })
    expect(waits[0]).toBeLessThanOrEqual(1_100)
    expect(waits[4]).toBeGreaterThan(4_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(16_500)
    expect(waits.at(-1)).toBeGreaterThanOrEqual(13_500)
  })

  it('returns to the active interval on reset, and not below', () => {
    const { interval, clock } = createInterval()
    for (let poll = 0; poll < 10; poll += 1) interval.onPollSucceeded()
    clock.ms += 200
    interval.reset()
    expect(interval.waitMs).toBe(800)
    clock.ms += 5_000
    interval.reset()
    expect(interval.waitMs).toBe(0)
  })

  it('is due again for a request that came while a poll was in flight', () => {
    const { interval } = createInterval()
    interval.onPollStarted()
    interval.pollNow()
    interval.onPollSucceeded()
    expect(interval.waitMs).toBe(0)
    interval.onPollStarted()
    interval.onPollSucceeded()
    expect(interval.waitMs).toBeGreaterThan(800)
  })

  it('backs off after a failure, and recovers afterwards', () => {
    const { interval } = createInterval()
    interval.onPollFailed(0)
    expect(interval.waitMs).toBeGreaterThanOrEqual(1_800)
    interval.onPollFailed(0)
    expect(interval.waitMs).toBeGreaterThanOrEqual(2_700)
    interval.reset()
    interval.onPollSucceeded()
    expect(interval.waitMs).toBeLessThanOrEqual(1_100)
  })

  it('is due right after the provider’s retry time, however long the interval is', () => {
    const { interval, clock } = createInterval()
    for (let poll = 0; poll < 20; poll += 1) interval.onPollSucceeded()
    clock.ms += interval.waitMs
    interval.onPollStarted()
    interval.onPollFailed(1_000)
    expect(interval.waitMs).toBeCloseTo(1_000)
  })

  it('is not due within the provider’s retry time, even on request', () => {
    const { interval, clock } = createInterval()
    interval.onPollFailed(30_000)
    interval.pollNow()
    interval.reset()
    expect(interval.waitMs).toBe(30_000)
    expect(interval.rateLimitedForMs).toBe(30_000)
    clock.ms += 30_000
    expect(interval.waitMs).toBe(0)
  })

  it('never waits longer than the idle interval or the provider’s retry time', () => {
    const step = fc.record({
      elapsedMs: fc.nat(20_000),
      action: fc.constantFrom('onPollStarted', 'onPollSucceeded', 'failed', 'silence', 'pollNow', 'reset'),
    })
    const property = fc.property(fc.nat(5_000), fc.nat(5_000), fc.array(step), (activeMs, idleMs, steps) => {
      const clock = { ms: 0 }
      const interval = new PollInterval({ activeMs, idleMs }, () => clock.ms)
      for (const { elapsedMs, action } of steps) {
        clock.ms += elapsedMs
        if (action === 'silence') interval.onPollFailed(10_000)
        else if (action === 'failed') interval.onPollFailed(0)
        else interval[action]()
        expect(interval.waitMs).toBeGreaterThanOrEqual(interval.rateLimitedForMs)
        expect(interval.waitMs).toBeLessThanOrEqual(
          Math.max(interval.rateLimitedForMs, 1.1 * Math.max(activeMs, idleMs)),
        )
      }
    })
    fc.assert(property)
  })
})

function createInterval() {
  const clock = { ms: 0 }
  return { clock, interval: new PollInterval(options, () => clock.ms) }
}
