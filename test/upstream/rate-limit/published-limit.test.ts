import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backgroundQuotaOf } from '../../../src/upstream/rate-limit/rate-limit-window.ts'
import { RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import { RateLimitedServer, sendThrough } from './rate-limited-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE_MS = 60_000
const poll = (id: string) => ({ id, priority: 'background' }) as const
const interactive = (id: string) => ({ id, priority: 'interactive' }) as const
const resultOrError = (work: Promise<unknown>) => work.catch((error: unknown) => error)

describe('a published limit', () => {
  it('is learned from the first response: polls never exceed it', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    for (let room = 0; room < 40; room += 1) void sendThrough(limiter, server, poll(`room ${room}`))
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
    expect(server.rateLimitedCount).toBe(0)
    expect(server.served.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, room) => `room ${room}`))
    expect(server.windows.map((calls) => calls.length)).toEqual([6, 6, 6, 6, 6, 6, 4])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is learned from the first response for interactive requests, too: one too many receives a retry time', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const calls = Array.from({ length: 12 }, (_, number) =>
      resultOrError(sendThrough(limiter, server, interactive(`${number}`))),
    )
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.served).toHaveLength(10)
    expect((await Promise.all(calls)).slice(10)).toEqual(
      Array(2).fill(
        expect.objectContaining({
          failure: 'limited',
          retryAfterMs: expect.toSatisfy((ms: number) => ms > 57_000),
        }),
      ),
    )
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    void sendThrough(limiter, server, interactive('later'))
    await vi.advanceTimersByTimeAsync(40)
    expect(server.served.at(-1)).toMatchObject({ id: 'later', isRateLimited: false })
  })

  it('that another client has used up is exceeded once, and not again before the window ends', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS })
    for (let call = 0; call < 10; call += 1) server.respond('theirs', 'interactive')
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    await spend(limiter, server, 'ours')
    for (let room = 0; room < 5; room += 1) void sendThrough(limiter, server, poll(`room ${room}`))
    expect(await resultOrError(sendThrough(limiter, server, interactive('ours')))).toMatchObject({
      failure: 'limited',
    })
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    expect(server.rateLimitedCount).toBe(1)
    expect(server.served.slice(11).map(({ id, isRateLimited }) => [id, isRateLimited])).toEqual(
      Array.from({ length: 5 }, (_, room) => [`room ${room}`, false]),
    )
  })

  it('of ten requests a minute is exceeded at most once by five hundred rooms, and each has its turn within 84 minutes', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS })
    for (let call = 0; call < 10; call += 1) server.respond('theirs', 'interactive')
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const rooms = Array.from({ length: 500 }, (_, room) => `room ${room}`)
    const pollUntilServed = async (id: string) => {
      await sendThrough(limiter, server, poll(id))
      // A rate-limited poll is sent again.
      if (server.served.findLast((call) => call.id === id)?.isRateLimited)
        await sendThrough(limiter, server, poll(id))
    }
    for (const id of rooms) void pollUntilServed(id)
    for (let minute = 0; minute < 85; minute += 1) {
      await vi.advanceTimersByTimeAsync(MINUTE_MS)
      void sendThrough(limiter, server, interactive('interactive'))
    }
    await vi.advanceTimersByTimeAsync(100)
    expect(server.rateLimitedCount).toBe(1)
    const answered = server.served.filter(({ isRateLimited }) => !isRateLimited).map(({ id }) => id)
    expect(rooms.filter((id) => !answered.includes(id))).toEqual([])
    expect(answered.filter((id) => id === 'interactive')).toHaveLength(85)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that is not known yet delays interactive requests by at most a second', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const slow = { thereMs: 5_000, backMs: 0 }
    for (const id of ['slow', 'held']) void sendThrough(limiter, server, interactive(id), slow)
    await vi.advanceTimersByTimeAsync(999)
    expect(server.admitted).toEqual(['slow'])
    await vi.advanceTimersByTimeAsync(1)
    expect(server.admitted).toEqual(['slow', 'held'])
    await vi.advanceTimersByTimeAsync(10_000)
  })

  it('has an interactive reserve, so that no number of polls delays interactive requests', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    for (let room = 0; room < 100; room += 1) void sendThrough(limiter, server, poll(`room ${room}`))
    await vi.advanceTimersByTimeAsync(MINUTE_MS - 1_000)
    expect(server.served).toHaveLength(6)
    for (let number = 0; number < 4; number += 1)
      void sendThrough(limiter, server, interactive('interactive'))
    await vi.advanceTimersByTimeAsync(50)
    expect(server.served.slice(6).map(({ id }) => id)).toEqual(Array(4).fill('interactive'))
    expect(server.rateLimitedCount).toBe(0)
  })

  it('queues an interactive request if the window is nearly over, and sends it first in the next one', async () => {
    const server = new RateLimitedServer({ limit: 3, windowMs: MINUTE_MS })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    for (let number = 0; number < 3; number += 1) await spend(limiter, server, `${number}`)
    for (let room = 0; room < 5; room += 1) void sendThrough(limiter, server, poll(`room ${room}`))
    await vi.advanceTimersByTimeAsync(MINUTE_MS - 1_000)
    void sendThrough(limiter, server, interactive('patient'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.served[3]).toMatchObject({ id: 'patient', window: 2 })
    expect(server.rateLimitedCount).toBe(0)
  })

  it('that is switched off delays no request any more', async () => {
    const server = new RateLimitedServer({ limit: 2, windowMs: 1_000 })
    const open = new RateLimitedServer({ limit: 1_000, windowMs: MINUTE_MS, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 4 })
    await spend(limiter, server, 'limited')
    await vi.advanceTimersByTimeAsync(3_000)
    for (let room = 0; room < 50; room += 1) void sendThrough(limiter, open, poll(`room ${room}`))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(open.served).toHaveLength(50)
  })

  it('counts the requests of other clients at the same address', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    await spend(limiter, server, 'ours')
    for (let call = 0; call < 8; call += 1) server.respond('theirs', 'interactive')
    await spend(limiter, server, 'ours')
    expect(await resultOrError(sendThrough(limiter, server, interactive('one too many')))).toMatchObject({
      failure: 'limited',
    })
    expect(server.rateLimitedCount).toBe(0)
  })
})

async function spend(limiter: RateLimiter, server: RateLimitedServer, id: string): Promise<void> {
  const spent = sendThrough(limiter, server, interactive(id))
  await vi.advanceTimersByTimeAsync(40)
  await spent
}

describe('for any sequence of requests', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('interactive' as const), thereMs: fc.nat(80), backMs: fc.nat(80) }),
    fc.record({ do: fc.constant('poll' as const), thereMs: fc.nat(80), backMs: fc.nat(80) }),
    fc.record({ do: fc.constant('leave' as const), which: fc.nat(50) }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.nat(3_000) }),
  )
  const given = fc.record({
    limit: fc.integer({ min: 2, max: 12 }),
    windowMs: fc.integer({ min: 2_000, max: 20_000 }),
    skewMs: fc.integer({ min: -5_000_000, max: 5_000_000 }),
    steps: fc.array(step, { maxLength: 80 }),
  })

  it('a window never exceeds its limit, polls leave the reserve and keep their order, and none stays queued', async () => {
    const property = fc.asyncProperty(given, async ({ limit, windowMs, skewMs, steps }) => {
      const server = new RateLimitedServer({ limit, windowMs, skewMs })
      let waiting = 0
      const onEvent = (event: { type: string; by?: unknown }) => {
        if (event.type === 'queued') waiting += Number(event.by)
      }
      const limiter = new RateLimiter({ maxConcurrentPolls: 4, onEvent })
      await spend(limiter, server, 'first')
      const polls: { id: string; leaving: AbortController; left: boolean }[] = []
      for (const step of steps) {
        if (step.do === 'pass') await vi.advanceTimersByTimeAsync(step.ms)
        else if (step.do === 'leave') cancel(polls[step.which])
        else if (step.do === 'interactive')
          void resultOrError(sendThrough(limiter, server, interactive('interactive'), step))
        else {
          const entry = { id: `poll ${polls.length}`, leaving: new AbortController(), left: false }
          polls.push(entry)
          void resultOrError(
            sendThrough(limiter, server, { ...poll(entry.id), signal: entry.leaving.signal }, step),
          )
        }
      }
      await vi.advanceTimersByTimeAsync((polls.length + 3) * (windowMs + 1_100))
      expect(server.rateLimitedCount).toBe(0)
      for (const calls of server.windows) {
        expect(calls.length).toBeLessThanOrEqual(limit)
        expect(calls.filter(({ priority }) => priority === 'background').length).toBeLessThanOrEqual(
          backgroundQuotaOf(limit),
        )
      }
      const order = server.admitted.filter((id) => id.startsWith('poll')).map((id) => Number(id.slice(5)))
      expect(order).toEqual([...order].sort((a, b) => a - b))
      const seen = new Set(server.served.map(({ id }) => id))
      expect(polls.filter(({ id, left }) => !left && !seen.has(id))).toEqual([])
      expect(waiting).toBe(0)
      expect(limiter.backgroundDelayMs).toBe(0)
      expect(vi.getTimerCount()).toBe(0)
    })
    await fc.assert(property, { numRuns: 150 })
  })
})

function cancel(poll: { leaving: AbortController; left: boolean } | undefined): void {
  if (!poll) return
  poll.left = true
  poll.leaving.abort()
}
