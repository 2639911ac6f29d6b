import fc from 'fast-check'
import { RateLimiterRes } from 'rate-limiter-flexible'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BoundedMemoryLimiter } from '../../../src/server/limits/bounded-memory-limiter.ts'
import { BurstLimiter } from '../../../src/server/limits/burst-limiter.ts'

const MINUTE_MS = 60_000
const BURST_MS = 10 * MINUTE_MS

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('a burst limiter', () => {
  it('accepts twice the rate in the first minute, and the rate in each of the next', async () => {
    const limiter = new BurstLimiter('test', 5, null)
    const accepted: number[] = []
    for (let minute = 0; minute < 5; minute += 1) {
      accepted.push(await acceptedOf(limiter, 20))
      vi.advanceTimersByTime(MINUTE_MS)
    }
    expect(accepted).toEqual([10, 5, 5, 5, 5])
  })

  it('allows a full burst again ten minutes after the start of the last one', async () => {
    const limiter = new BurstLimiter('test', 5, null)
    await acceptedOf(limiter, 20)
    vi.advanceTimersByTime(BURST_MS)
    expect(await acceptedOf(limiter, 20)).toBe(10)
  })

  it('counts each key separately', async () => {
    const limiter = new BurstLimiter('test', 1, null)
    for (const key of ['a', 'b']) expect(await acceptedOf(limiter, 9, key)).toBe(2)
  })

  it('reports what a key has left, without counting an action', async () => {
    const limiter = new BurstLimiter('test', 2, null)
    expect(await limiter.state('key')).toEqual({ remaining: 4, resetMs: 0 })
    await acceptedOf(limiter, 1)
    vi.advanceTimersByTime(15_000)
    for (const _ of ['once', 'again'])
      expect(await limiter.state('key')).toEqual({ remaining: 3, resetMs: 45_000 })
    await acceptedOf(limiter, 9)
    expect(await limiter.state('key')).toEqual({ remaining: 0, resetMs: 45_000 })
    vi.advanceTimersByTime(45_000)
    expect(await limiter.state('key')).toEqual({ remaining: 2, resetMs: 0 })
  })

  const pauses = fc.array(fc.tuple(fc.nat({ max: 3 * MINUTE_MS }), fc.nat({ max: 30 })), { maxLength: 40 })

  it('allows no sequence of actions above rate and burst', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), pauses, async (rate, steps) => {
        const limiter = new BurstLimiter('test', rate, null)
        const accepted: number[] = []
        for (const [pauseMs, attempts] of steps) {
          vi.advanceTimersByTime(pauseMs)
          const count = await acceptedOf(limiter, attempts)
          accepted.push(...Array<number>(count).fill(Date.now()))
        }
        const [first = 0] = accepted
        for (const [index, at] of accepted.entries()) {
          const minutes = Math.floor((at - first) / MINUTE_MS) + 1
          const bursts = Math.floor((at - first) / BURST_MS) + 1
          expect(index + 1).toBeLessThanOrEqual(rate * (minutes + bursts))
        }
      }),
    )
  })

  it('accepts the next action after the time that a rejection reports, and none before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), pauses, async (rate, steps) => {
        const limiter = new BurstLimiter('test', rate, null)
        for (const [pauseMs, attempts] of steps) {
          vi.advanceTimersByTime(pauseMs)
          await acceptedOf(limiter, attempts)
        }
        await acceptedOf(limiter, 2 * rate)
        const waitMs = (await limiter.consume('key')) ?? 0
        expect(waitMs).toBeGreaterThan(0)
        vi.advanceTimersByTime(waitMs - 1)
        expect(await limiter.consume('key')).toBe(1)
        vi.advanceTimersByTime(1)
        expect(await limiter.consume('key')).toBeNull()
      }),
    )
  })
})

describe('a limiter in memory', () => {
  it('forgets the least recently used keys', async () => {
    const limiter = new BoundedMemoryLimiter({ keyPrefix: 'test', points: 1, duration: 60 }, 100)
    await limiter.consume('kept')
    for (let key = 0; key < 10_000; key += 1) {
      await limiter.consume(key)
      if (key % 50 === 0) await limiter.consume('kept').catch(() => {})
    }
    expect(limiter.dump().storage).toHaveLength(100)
    await expect(limiter.consume('kept')).rejects.toBeInstanceOf(RateLimiterRes)
    await expect(limiter.consume(0)).resolves.toBeInstanceOf(RateLimiterRes)
  })
})

/** Counts how many of several consecutive actions are accepted. */
async function acceptedOf(limiter: BurstLimiter, attempts: number, key = 'key'): Promise<number> {
  let accepted = 0
  for (let attempt = 0; attempt < attempts; attempt += 1)
    if ((await limiter.consume(key)) === null) accepted += 1
  return accepted
}
