import { setMaxListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import { RateLimitedServer, sendThrough } from './rate-limited-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE_MS = 60_000
const resultOrError = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** Polls each room again as soon as its poll ends, until `stop`. */
function pollContinuously(limiter: RateLimiter, server: RateLimitedServer, rooms: number): { stop(): void } {
  const stopped = new AbortController()
  const { signal } = stopped
  setMaxListeners(0, signal)
  const pollRepeatedly = async (id: string) => {
    while (!signal.aborted) await sendThrough(limiter, server, { id, priority: 'background', signal })
  }
  for (let room = 0; room < rooms; room += 1) void resultOrError(pollRepeatedly(`room ${room}`))
  return { stop: () => stopped.abort() }
}

describe('an unpublished limit', () => {
  it('is estimated from recurring rate-limit responses: half of what was too much, and slowly more', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const { stop } = pollContinuously(limiter, server, 20)
    // The first one may have any cause; a recurrence after that many responses indicates a limit.
    const wasRateLimited = ({ isRateLimited }: { isRateLimited: boolean }) => isRateLimited
    while (server.windows.filter((calls) => calls.length > 90 && calls.some(wasRateLimited)).length < 2) {
      await vi.advanceTimersByTimeAsync(1_000)
    }
    // The remaining requests in flight: polls are paused now.
    await vi.advanceTimersByTimeAsync(1_000)
    const limitedAtFirst = server.rateLimitedCount
    const windowsAtFirst = server.windows.length
    // Twice the requests in flight at the first rate-limit response, and three probes after the backoff.
    expect(limitedAtFirst).toBeLessThanOrEqual(2 * 8 + 3)
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS)
    expect(server.rateLimitedCount).toBe(limitedAtFirst)
    const perWindow = server.windows.slice(windowsAtFirst + 1, -1).map((calls) => calls.length)
    expect(Math.min(...perWindow)).toBeGreaterThanOrEqual(45)
    expect(perWindow.at(-1)).toBeGreaterThan((perWindow[0] ?? 0) * 1.3)
    stop()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('costs one rate-limit response from time to time, when the estimate has grown too far', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 1 })
    const { stop } = pollContinuously(limiter, server, 20)
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    const untilLearned = server.rateLimitedCount
    await vi.advanceTimersByTimeAsync(20 * MINUTE_MS)
    expect(server.rateLimitedCount - untilLearned).toBeLessThanOrEqual(3)
    expect(server.rateLimitedCount).toBeGreaterThan(untilLearned)
    stop()
  })

  it('is not estimated lower when the first requests after a backoff are limited, too', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 1 })
    const { stop } = pollContinuously(limiter, server, 20)
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    server.addStrayResponses(4, '')
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    const windows = server.windows.length
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    const perWindow = server.windows.slice(windows, -1).map((calls) => calls.length)
    expect(Math.min(...perWindow)).toBeGreaterThan(15)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })

  it('is dropped after ten minutes without a rate-limit response', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 1 })
    const learning = pollContinuously(limiter, server, 20)
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    learning.stop()
    const asked = async () => {
      const { served } = server
      const before = served.length
      const { stop } = pollContinuously(limiter, server, 20)
      await vi.advanceTimersByTimeAsync(3_000)
      stop()
      await vi.advanceTimersByTimeAsync(20_000)
      return served.length - before
    }
    expect(await asked()).toBeLessThan(30)
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
    expect(await asked()).toBeGreaterThan(60)
  })

  it('is estimated, too, after the server has stopped publishing it', async () => {
    const server = new RateLimitedServer({ limit: 1_000, windowMs: 1_000 })
    const limiter = new RateLimiter({ maxConcurrentPolls: 1 })
    const { stop } = pollContinuously(limiter, server, 20)
    await vi.advanceTimersByTimeAsync(5_000)
    server.restart({ limit: 100, windowMs: 10_000, publishes: false })
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    const learned = server.rateLimitedCount
    expect(learned).toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS)
    expect(server.rateLimitedCount).toBe(learned)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })

  it('is probed by one request after the backoff, whatever else is queued', async () => {
    const server = new RateLimitedServer({ limit: 1, windowMs: 10_000, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const call = (id: string) => resultOrError(sendThrough(limiter, server, { id, priority: 'interactive' }))
    void call('accepted')
    await vi.advanceTimersByTimeAsync(100)
    void call('limited')
    await vi.advanceTimersByTimeAsync(100)
    const waiting = ['one', 'two', 'three'].map(call)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(server.served.map(({ id }) => id)).toEqual(['accepted', 'limited', 'one'])
    expect((await Promise.all(waiting)).slice(1)).toMatchObject([
      { failure: 'limited' },
      { failure: 'limited' },
    ])
  })

  it('doubles the backoff while the rate-limit responses continue, up to a minute and a half', async () => {
    const server = new RateLimitedServer({ limit: 0, windowMs: MINUTE_MS, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 1 })
    const sent: number[] = []
    const { stop } = pollContinuously(limiter, server, 1)
    for (let second = 0; second < 1_200; second += 1) {
      const before = server.served.length
      await vi.advanceTimersByTimeAsync(1_000)
      if (server.served.length > before) sent.push(second)
    }
    const gaps = sent.slice(1).map((second, index) => second - (sent[index] ?? 0))
    expect(gaps[0]).toBeLessThanOrEqual(10)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(91)
    expect(Math.min(...gaps.slice(6))).toBeGreaterThanOrEqual(60)
    stop()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not delay interactive requests by the estimate', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 1 })
    const { stop } = pollContinuously(limiter, server, 5)
    await vi.advanceTimersByTimeAsync(30_000)
    const before = server.rateLimitedCount
    for (let number = 0; number < 40; number += 1) {
      await vi.advanceTimersByTimeAsync(100)
      void sendThrough(limiter, server, { id: 'interactive', priority: 'interactive' })
    }
    await vi.advanceTimersByTimeAsync(100)
    expect(server.served.filter(({ id }) => id === 'interactive')).toHaveLength(40)
    expect(server.rateLimitedCount).toBe(before)
    stop()
  })
})
