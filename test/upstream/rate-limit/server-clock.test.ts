import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ServerClock } from '../../../src/upstream/rate-limit/server-clock.ts'

const toSecond = (ms: number) => Math.floor(ms / 1000) * 1000

describe('the estimate of a server’s clock', () => {
  it('never maps a server time to a local time before it, and improves with each response', () => {
    const results = fc.array(fc.record({ gap: fc.nat(5_000), thereMs: fc.nat(200), backMs: fc.nat(200) }), {
      minLength: 1,
      maxLength: 40,
    })
    const property = fc.property(fc.integer({ min: -1e9, max: 1e9 }), results, (skew, gaps) => {
      const clock = new ServerClock()
      const epoch = 1_700_000_000_000 + skew
      let now = 0
      let nearest = Number.POSITIVE_INFINITY
      for (const { gap, thereMs, backMs } of gaps) {
        const sentAt = now + gap
        now = sentAt + thereMs + backMs
        clock.observe(toSecond(epoch + sentAt + thereMs), sentAt, now)
        const late = clock.latestLocalTime(epoch + 1_000_000, now) - 1_000_000
        expect(late).toBeGreaterThanOrEqual(0)
        expect(late).toBeLessThanOrEqual(1_200)
        nearest = Math.min(nearest, late)
        // The allowance for drift is small.
        expect(late).toBeLessThanOrEqual(nearest + 30)
      }
    })
    fc.assert(property)
  })

  it('restarts when the clock was set', () => {
    const clock = new ServerClock()
    clock.observe(50_000_000, 0, 10)
    clock.observe(9_000_000, 1_000, 1_010)
    expect(clock.latestLocalTime(9_060_000, 1_010)).toBe(61_010)
  })
})
