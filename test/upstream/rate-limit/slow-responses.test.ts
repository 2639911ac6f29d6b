import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import { RateLimitedServer, sendThrough } from './rate-limited-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

const look = (id: string) => ({ id, priority: 'background' }) as const
const person = (id: string) => ({ id, priority: 'interactive' }) as const
const quietly = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** A budget that knows the server's clock to some milliseconds, by answers of another route. */
async function openBudget(looksAtOnce: number, skewMs = 0): Promise<RateLimiter> {
  const budget = new RateLimiter({ maxConcurrentPolls: looksAtOnce })
  const other = new RateLimitedServer({ limit: 1_000, windowMs: 1_000, publishes: false, skewMs })
  for (let call = 0; call < 60; call += 1) {
    void sendThrough(
      budget,
      other,
      { id: '', priority: 'interactive', rateLimitKey: 'other' },
      { thereMs: 1, backMs: 1 },
    )
    await vi.advanceTimersByTimeAsync(23)
  }
  return budget
}

describe('answers that are slower than the window that they tell of', () => {
  it.each([
    { limit: 10, windowMs: 40, backMs: 200 },
    { limit: 10, windowMs: 1_000, backMs: 2_500 },
    { limit: 3, windowMs: 5_000, backMs: 9_000 },
  ])('teach its limit all the same ($limit calls in $windowMs ms, $backMs ms)', async (given) => {
    const server = new RateLimitedServer(given)
    const budget = await openBudget(16)
    const latency = { thereMs: 5, backMs: given.backMs }
    void quietly(sendThrough(budget, server, person('first'), latency))
    await vi.advanceTimersByTimeAsync(given.backMs + 1_000)
    for (let call = 0; call < 40; call += 1) {
      void quietly(sendThrough(budget, server, person('person'), latency))
      void quietly(sendThrough(budget, server, look(`room ${call}`), latency))
    }
    await vi.advanceTimersByTimeAsync(60 * (given.windowMs + given.backMs + 1_000))
    expect(server.refusals).toBe(0)
    expect(new Set(server.served.map(({ id }) => id)).size).toBe(42)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('and a refusal among them leave the limit known', async () => {
    const server = new RateLimitedServer({ limit: 5, windowMs: 1_000 })
    const budget = await openBudget(16)
    for (let call = 0; call < 5; call += 1) server.answer('theirs', 'interactive')
    const latency = { thereMs: 5, backMs: 3_000 }
    void quietly(sendThrough(budget, server, person('refused'), latency))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.refusals).toBe(1)
    for (let call = 0; call < 30; call += 1) {
      void quietly(sendThrough(budget, server, person('person'), latency))
      void quietly(sendThrough(budget, server, look(`room ${call}`), latency))
    }
    await vi.advanceTimersByTimeAsync(200_000)
    expect(server.refusals).toBe(1)
    expect(budget.backgroundDelayMs).toBe(0)
  })
})

describe('an answer that comes when a newer window has been heard of', () => {
  it('takes nothing back of what is counted in the newer one', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: 5_000 })
    const budget = await openBudget(16)
    void sendThrough(budget, server, person('learns'))
    await vi.advanceTimersByTimeAsync(100)
    void sendThrough(budget, server, person('late'), { thereMs: 5, backMs: 7_500 })
    await vi.advanceTimersByTimeAsync(6_000)
    for (let call = 0; call < 8; call += 1) {
      void sendThrough(budget, server, person('of the newer window'))
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    const crowd = Array.from({ length: 10 }, () =>
      quietly(sendThrough(budget, server, person('of the newer window'))),
    )
    await vi.advanceTimersByTimeAsync(100)
    expect(server.refusals).toBe(0)
    // The late call was under way when the newer window began: that one may have counted it.
    expect(server.windows.map((calls) => calls.length)).toEqual([2, 9])
    await vi.advanceTimersByTimeAsync(10_000)
    await Promise.all(crowd)
  })

  it('is believed where its call left later: the server’s clock was set back', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: 60_000 })
    const budget = await openBudget(16)
    void sendThrough(budget, server, person('learns'))
    await vi.advanceTimersByTimeAsync(100)
    server.restart({ skewMs: -3_600_000 })
    for (let call = 0; call < 9; call += 1) server.answer('theirs', 'interactive')
    void sendThrough(budget, server, person('the last that is left'))
    await vi.advanceTimersByTimeAsync(100)
    expect(await quietly(sendThrough(budget, server, person('one too many')))).toMatchObject({
      failure: 'limited',
    })
    expect(server.refusals).toBe(0)
  })
})

describe('before the first answer', () => {
  it('a crowd is not let go at once, however slow that answer is', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: 60_000 })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const slow = { thereMs: 100, backMs: 4_000 }
    for (let call = 0; call < 100; call += 1)
      void quietly(sendThrough(budget, server, person(`${call}`), slow))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(server.refusals).toBe(0)
    expect(server.served.length).toBeGreaterThan(1)
  })
})

describe('whatever comes when, and however late it is answered', () => {
  const ms = fc.oneof(fc.nat(80), fc.nat(1_500), fc.nat(12_000))
  const latency = { thereMs: ms, backMs: ms, lost: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }
  const step = fc.oneof(
    fc.record({ do: fc.constant('people' as const), many: fc.integer({ min: 1, max: 15 }), ...latency }),
    fc.record({ do: fc.constant('look' as const), ...latency }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(fc.nat(300), fc.nat(3_000)) }),
  )
  const given = fc.record({
    limit: fc.integer({ min: 2, max: 12 }),
    windowMs: fc.oneof(fc.integer({ min: 40, max: 900 }), fc.integer({ min: 1_000, max: 20_000 })),
    skewMs: fc.integer({ min: -5_000_000, max: 5_000_000 }),
    first: fc.record({ thereMs: ms, backMs: ms }),
    steps: fc.array(step, { maxLength: 120 }),
  })

  it('no window holds more than its limit once it is known, and everybody’s turn comes', async () => {
    const property = fc.asyncProperty(given, async ({ limit, windowMs, skewMs, first, steps }) => {
      const server = new RateLimitedServer({ limit, windowMs, skewMs })
      const budget = await openBudget(4, skewMs)
      void sendThrough(budget, server, person('first'), first)
      await vi.advanceTimersByTimeAsync(first.thereMs + first.backMs)
      const looks: string[] = []
      for (const step of steps) {
        if (step.do === 'pass') await vi.advanceTimersByTimeAsync(step.ms)
        else if (step.do === 'people') {
          for (let call = 0; call < step.many; call += 1)
            void quietly(sendThrough(budget, server, person('person'), step))
        } else {
          looks.push(`look ${looks.length}`)
          void quietly(sendThrough(budget, server, look(`look ${looks.length - 1}`), step))
        }
      }
      await vi.advanceTimersByTimeAsync((looks.length + 3) * (windowMs + 26_000))
      expect(server.refusals).toBe(0)
      const seen = new Set(server.served.map(({ id }) => id))
      expect(looks.filter((id) => !seen.has(id))).toEqual([])
      expect(budget.backgroundDelayMs).toBe(0)
      expect(vi.getTimerCount()).toBe(0)
    })
    await fc.assert(property, { numRuns: 150 })
  })
})
