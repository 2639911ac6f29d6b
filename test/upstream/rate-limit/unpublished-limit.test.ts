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

const MINUTE = 60_000
const quietly = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** Rooms that are each looked at once more as soon as they were looked at, until `stop`. */
function watch(budget: RateLimiter, server: RateLimitedServer, rooms: number): { stop(): void } {
  const leaving = new AbortController()
  const { signal } = leaving
  setMaxListeners(0, signal)
  const keepLooking = async (id: string) => {
    while (!signal.aborted) await sendThrough(budget, server, { id, priority: 'background', signal })
  }
  for (let room = 0; room < rooms; room += 1) void quietly(keepLooking(`room ${room}`))
  return { stop: () => leaving.abort() }
}

describe('a limit of which nothing is published', () => {
  it('is learned where refusals come back: half of what was too much, and slowly more', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const { stop } = watch(budget, server, 20)
    // The first time it may be of any cause; when it comes back after as many answers, it is a limit.
    const isRefused = ({ refused }: { refused: boolean }) => refused
    while (server.windows.filter((calls) => calls.length > 90 && calls.some(isRefused)).length < 2) {
      await vi.advanceTimersByTimeAsync(1_000)
    }
    // The rest of those under way: looks are silent now.
    await vi.advanceTimersByTimeAsync(1_000)
    const refusedAtFirst = server.refusals
    const windowsAtFirst = server.windows.length
    // Twice those under way when the first was refused, and three that found out whether the silence was over.
    expect(refusedAtFirst).toBeLessThanOrEqual(2 * 8 + 3)
    await vi.advanceTimersByTimeAsync(4 * MINUTE)
    expect(server.refusals).toBe(refusedAtFirst)
    const perWindow = server.windows.slice(windowsAtFirst + 1, -1).map((calls) => calls.length)
    expect(Math.min(...perWindow)).toBeGreaterThanOrEqual(45)
    expect(perWindow.at(-1)).toBeGreaterThan((perWindow[0] ?? 0) * 1.3)
    stop()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('costs one refusal a while where the guess has grown too far', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 1 })
    const { stop } = watch(budget, server, 20)
    await vi.advanceTimersByTimeAsync(MINUTE)
    const untilLearned = server.refusals
    await vi.advanceTimersByTimeAsync(20 * MINUTE)
    expect(server.refusals - untilLearned).toBeLessThanOrEqual(3)
    expect(server.refusals).toBeGreaterThan(untilLearned)
    stop()
  })

  it('is not taken to be smaller still where the first calls after a silence are refused too', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 1 })
    const { stop } = watch(budget, server, 20)
    await vi.advanceTimersByTimeAsync(MINUTE)
    server.strayRefusals(4, '')
    await vi.advanceTimersByTimeAsync(MINUTE)
    const windows = server.windows.length
    await vi.advanceTimersByTimeAsync(MINUTE)
    const perWindow = server.windows.slice(windows, -1).map((calls) => calls.length)
    expect(Math.min(...perWindow)).toBeGreaterThan(15)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })

  it('is forgotten where nothing was refused for ten minutes', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 1 })
    const learning = watch(budget, server, 20)
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    learning.stop()
    const asked = async () => {
      const { served } = server
      const before = served.length
      const { stop } = watch(budget, server, 20)
      await vi.advanceTimersByTimeAsync(3_000)
      stop()
      await vi.advanceTimersByTimeAsync(20_000)
      return served.length - before
    }
    expect(await asked()).toBeLessThan(30)
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(await asked()).toBeGreaterThan(60)
  })

  it('is learned too where the server published one before, and does no more', async () => {
    const server = new RateLimitedServer({ limit: 1_000, windowMs: 1_000 })
    const budget = new RateLimiter({ maxConcurrentPolls: 1 })
    const { stop } = watch(budget, server, 20)
    await vi.advanceTimersByTimeAsync(5_000)
    server.restart({ limit: 100, windowMs: 10_000, publishes: false })
    await vi.advanceTimersByTimeAsync(MINUTE)
    const learned = server.refusals
    expect(learned).toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(4 * MINUTE)
    expect(server.refusals).toBe(learned)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })

  it('is probed by one call after the silence, whoever else waits', async () => {
    const server = new RateLimitedServer({ limit: 1, windowMs: 10_000, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const call = (id: string) => quietly(sendThrough(budget, server, { id, priority: 'interactive' }))
    void call('accepted')
    await vi.advanceTimersByTimeAsync(100)
    void call('refused')
    await vi.advanceTimersByTimeAsync(100)
    const waiting = ['one', 'two', 'three'].map(call)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(server.served.map(({ id }) => id)).toEqual(['accepted', 'refused', 'one'])
    expect((await Promise.all(waiting)).slice(1)).toMatchObject([
      { failure: 'limited' },
      { failure: 'limited' },
    ])
  })

  it('doubles its silence while the refusals go on, up to a minute and a half', async () => {
    const server = new RateLimitedServer({ limit: 0, windowMs: MINUTE, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 1 })
    const sent: number[] = []
    const { stop } = watch(budget, server, 1)
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

  it('does not hold back people by what was guessed', async () => {
    const server = new RateLimitedServer({ limit: 100, windowMs: 10_000, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 1 })
    const { stop } = watch(budget, server, 5)
    await vi.advanceTimersByTimeAsync(30_000)
    const before = server.refusals
    for (let number = 0; number < 40; number += 1) {
      await vi.advanceTimersByTimeAsync(100)
      void sendThrough(budget, server, { id: 'person', priority: 'interactive' })
    }
    await vi.advanceTimersByTimeAsync(100)
    expect(server.served.filter(({ id }) => id === 'person')).toHaveLength(40)
    expect(server.refusals).toBe(before)
    stop()
  })
})
