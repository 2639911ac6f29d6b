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

const poll = (id: string) => ({ id, priority: 'background' }) as const
const interactive = (id: string) => ({ id, priority: 'interactive' }) as const
const resultOrError = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** A limiter that knows the server's clock to some milliseconds, by results of another route. */
async function openLimiter(maxPolls: number, skewMs = 0): Promise<RateLimiter> {
  const limiter = new RateLimiter({ maxConcurrentPolls: maxPolls })
  const other = new RateLimitedServer({ limit: 1_000, windowMs: 1_000, publishes: false, skewMs })
  for (let call = 0; call < 60; call += 1) {
    void sendThrough(
      limiter,
      other,
      { id: '', priority: 'interactive', rateLimitKey: 'other' },
      { thereMs: 1, backMs: 1 },
    )
    await vi.advanceTimersByTimeAsync(23)
  }
  return limiter
}

describe('responses that take longer than the window that they describe', () => {
  it.each([
    { limit: 10, windowMs: 40, backMs: 200 },
    { limit: 10, windowMs: 1_000, backMs: 2_500 },
    { limit: 3, windowMs: 5_000, backMs: 9_000 },
  ])('reveal the limit nevertheless ($limit requests in $windowMs ms, $backMs ms)', async (given) => {
    const server = new RateLimitedServer(given)
    const limiter = await openLimiter(16)
    const latency = { thereMs: 5, backMs: given.backMs }
    void resultOrError(sendThrough(limiter, server, interactive('first'), latency))
    await vi.advanceTimersByTimeAsync(given.backMs + 1_000)
    for (let call = 0; call < 40; call += 1) {
      void resultOrError(sendThrough(limiter, server, interactive('interactive'), latency))
      void resultOrError(sendThrough(limiter, server, poll(`room ${call}`), latency))
    }
    await vi.advanceTimersByTimeAsync(60 * (given.windowMs + given.backMs + 1_000))
    expect(server.rateLimitedCount).toBe(0)
    expect(new Set(server.served.map(({ id }) => id)).size).toBe(42)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('with a rate-limit response among them do not change the limit', async () => {
    const server = new RateLimitedServer({ limit: 5, windowMs: 1_000 })
    const limiter = await openLimiter(16)
    for (let call = 0; call < 5; call += 1) server.respond('theirs', 'interactive')
    const latency = { thereMs: 5, backMs: 3_000 }
    void resultOrError(sendThrough(limiter, server, interactive('limited'), latency))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.rateLimitedCount).toBe(1)
    for (let call = 0; call < 30; call += 1) {
      void resultOrError(sendThrough(limiter, server, interactive('interactive'), latency))
      void resultOrError(sendThrough(limiter, server, poll(`room ${call}`), latency))
    }
    await vi.advanceTimersByTimeAsync(200_000)
    expect(server.rateLimitedCount).toBe(1)
    expect(limiter.backgroundDelayMs).toBe(0)
  })
})

describe('a response that arrives after one of a newer window', () => {
  it('does not reduce the counts of the newer window', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: 5_000 })
    const limiter = await openLimiter(16)
    void sendThrough(limiter, server, interactive('learns'))
    await vi.advanceTimersByTimeAsync(100)
    void sendThrough(limiter, server, interactive('late'), { thereMs: 5, backMs: 7_500 })
    await vi.advanceTimersByTimeAsync(6_000)
    for (let call = 0; call < 8; call += 1) {
      void sendThrough(limiter, server, interactive('of the newer window'))
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    const crowd = Array.from({ length: 10 }, () =>
      resultOrError(sendThrough(limiter, server, interactive('of the newer window'))),
    )
    await vi.advanceTimersByTimeAsync(100)
    expect(server.rateLimitedCount).toBe(0)
    // The late request was in flight when the newer window began, which may have counted it.
    expect(server.windows.map((calls) => calls.length)).toEqual([2, 9])
    await vi.advanceTimersByTimeAsync(10_000)
    await Promise.all(crowd)
  })

  it('is applied if its request was sent later: the server’s clock was set back', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: 60_000 })
    const limiter = await openLimiter(16)
    void sendThrough(limiter, server, interactive('learns'))
    await vi.advanceTimersByTimeAsync(100)
    server.restart({ skewMs: -3_600_000 })
    for (let call = 0; call < 9; call += 1) server.respond('theirs', 'interactive')
    void sendThrough(limiter, server, interactive('the last that is left'))
    await vi.advanceTimersByTimeAsync(100)
    expect(await resultOrError(sendThrough(limiter, server, interactive('one too many')))).toMatchObject({
      failure: 'limited',
    })
    expect(server.rateLimitedCount).toBe(0)
  })
})

describe('before the first response', () => {
  it('only a few of many requests are sent, however slow that response is', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: 60_000 })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const slow = { thereMs: 100, backMs: 4_000 }
    for (let call = 0; call < 100; call += 1)
      void resultOrError(sendThrough(limiter, server, interactive(`${call}`), slow))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(server.rateLimitedCount).toBe(0)
    expect(server.served.length).toBeGreaterThan(1)
  })
})

describe('an upload that has no response yet', () => {
  /** Starts uploads whose clients never send the whole file. */
  async function startUploads(limiter: RateLimiter, many: number): Promise<void> {
    const { signal } = new AbortController()
    const upload = { rateLimitKey: 'route', ...interactive('upload'), isUpload: true, signal }
    for (let count = 0; count < many; count += 1) await limiter.acquire(upload)
  }

  it('delays neither other uploads nor other requests before the first response', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 60_000 })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    await startUploads(limiter, 8)
    void sendThrough(limiter, server, interactive('other'))
    await vi.advanceTimersByTimeAsync(20)
    expect(server.served).toHaveLength(1)
  })

  it('does not hold up the route after a rate-limit response', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 60_000, publishes: false })
    const limiter = await openLimiter(8)
    void sendThrough(limiter, server, interactive('first'))
    await vi.advanceTimersByTimeAsync(40)
    await startUploads(limiter, 1)
    server.addStrayResponses(1, '')
    void sendThrough(limiter, server, interactive('limited'))
    await vi.advanceTimersByTimeAsync(10_000)
    void resultOrError(sendThrough(limiter, server, interactive('probe')))
    await vi.advanceTimersByTimeAsync(40)
    expect(server.admitted).toEqual(['first', 'limited', 'probe'])
  })
})

describe('for any sequence of requests with any latency', () => {
  const ms = fc.oneof(fc.nat(80), fc.nat(1_500), fc.nat(12_000))
  const latency = { thereMs: ms, backMs: ms, lost: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }
  const step = fc.oneof(
    fc.record({ do: fc.constant('interactive' as const), many: fc.integer({ min: 1, max: 15 }), ...latency }),
    fc.record({ do: fc.constant('poll' as const), ...latency }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(fc.nat(300), fc.nat(3_000)) }),
  )
  const given = fc.record({
    limit: fc.integer({ min: 2, max: 12 }),
    windowMs: fc.oneof(fc.integer({ min: 40, max: 900 }), fc.integer({ min: 1_000, max: 20_000 })),
    skewMs: fc.integer({ min: -5_000_000, max: 5_000_000 }),
    first: fc.record({ thereMs: ms, backMs: ms }),
    steps: fc.array(step, { maxLength: 120 }),
  })

  it('no window exceeds a known limit, and every request is sent', async () => {
    const property = fc.asyncProperty(given, async ({ limit, windowMs, skewMs, first, steps }) => {
      const server = new RateLimitedServer({ limit, windowMs, skewMs })
      const limiter = await openLimiter(4, skewMs)
      void sendThrough(limiter, server, interactive('first'), first)
      await vi.advanceTimersByTimeAsync(first.thereMs + first.backMs)
      const polls: string[] = []
      for (const step of steps) {
        if (step.do === 'pass') await vi.advanceTimersByTimeAsync(step.ms)
        else if (step.do === 'interactive') {
          for (let call = 0; call < step.many; call += 1)
            void resultOrError(sendThrough(limiter, server, interactive('interactive'), step))
        } else {
          polls.push(`poll ${polls.length}`)
          void resultOrError(sendThrough(limiter, server, poll(`poll ${polls.length - 1}`), step))
        }
      }
      await vi.advanceTimersByTimeAsync((polls.length + 3) * (windowMs + 26_000))
      expect(server.rateLimitedCount).toBe(0)
      const seen = new Set(server.served.map(({ id }) => id))
      expect(polls.filter((id) => !seen.has(id))).toEqual([])
      expect(limiter.backgroundDelayMs).toBe(0)
      expect(vi.getTimerCount()).toBe(0)
    })
    await fc.assert(property, { numRuns: 150 })
  })
})
