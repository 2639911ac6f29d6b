import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RateLimitBackoff } from '../../../src/upstream/rate-limit/rate-limit-backoff.ts'
import { RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import { RateLimitedServer, sendThrough } from './rate-limited-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE = 60_000
const WAIT_A_SECOND = 'You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]'
const strays = [
  { times: 1, says: 'nothing', text: '', quietMs: 1_100 },
  { times: 2, says: 'nothing', text: '', quietMs: 4_200 },
  { times: 3, says: 'nothing', text: '', quietMs: 10_300 },
  { times: 1, says: 'a second', text: WAIT_A_SECOND, quietMs: 1_100 },
  { times: 3, says: 'a second', text: WAIT_A_SECOND, quietMs: 3_300 },
] as const

const look = (id: string) => ({ id, priority: 'background' }) as const
const person = (id: string) => ({ id, priority: 'interactive' }) as const
const quietly = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** A room that is looked at a hundred times a second, whatever comes of a look. */
function watchRoom(budget: RateLimiter, server: RateLimitedServer, id = 'room'): () => void {
  const leaving = new AbortController()
  const { signal } = leaving
  const keepLooking = async () => {
    while (!signal.aborted) {
      await sendThrough(budget, server, { ...look(id), signal }, { thereMs: 5, backMs: 5 })
    }
  }
  void quietly(keepLooking())
  return () => leaving.abort()
}

describe.each(strays)('$times stray refusals that say $says', ({ times, text, quietMs }) => {
  it.each([
    ['as the first answers of all', 0],
    ['after a minute of answers', MINUTE],
  ])('%s teach no limit: once the route answers it is called as before', async (_when, before) => {
    const server = new RateLimitedServer({ limit: 1_000_000, windowMs: MINUTE, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const stop = before > 0 ? watchRoom(budget, server) : () => {}
    await vi.advanceTimersByTimeAsync(before)
    server.strayRefusals(times, text)
    const stopAll = before > 0 ? stop : watchRoom(budget, server)
    await vi.advanceTimersByTimeAsync(quietMs)
    expect(server.refusals).toBe(times)
    const answered = server.served.length
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.served.length - answered).toBeGreaterThan(90)
    stopAll()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leave a limit that the server publishes known', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    await spend(budget, server, 'learned')
    for (let room = 0; room < 40; room += 1) void quietly(sendThrough(budget, server, look(`room ${room}`)))
    server.strayRefusals(times, text)
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(server.refusals).toBe(times)
    expect(new Set(server.served.map(({ id }) => id)).size).toBe(41)
  })
})

describe('a refusal', () => {
  it('that names a time is believed: nobody calls before', async () => {
    const server = new RateLimitedServer({ limit: 1_000, windowMs: MINUTE, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const stops = ['a', 'b', 'c', 'd'].map((id) => watchRoom(budget, server, id))
    await vi.advanceTimersByTimeAsync(1_000)
    server.strayRefusals(1, WAIT_A_SECOND.replace('1', '42'))
    await vi.advanceTimersByTimeAsync(20)
    const calls = server.served.length
    for (let second = 0; second < 41; second += 1) {
      void quietly(sendThrough(budget, server, person('person')))
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(server.served).toHaveLength(calls)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.served.length).toBeGreaterThan(calls)
    for (const stop of stops) stop()
    await vi.advanceTimersByTimeAsync(100)
  })

  it('that names a time is over as soon as a call that left after it is accepted', () => {
    const refusals = new RateLimitBackoff()
    refusals.recordRateLimited({ share: 'interactive', sentAt: 0 }, 1_000, 10)
    // Another call of the same burst is refused later, and asks for more.
    refusals.recordRateLimited({ share: 'interactive', sentAt: 0 }, 900_000, 1_500)
    expect(refusals.waitMs('interactive', 2_000)).toBe(899_500)
    refusals.reset()
    expect(refusals.waitMs('interactive', 2_000)).toBe(0)
    expect(refusals.waitMs('background', 2_000)).toBe(0)
  })

  it('is forgotten once the route has answered ten calls: the next is backed off from as the first was', async () => {
    const server = new RateLimitedServer({ limit: 1_000_000, windowMs: MINUTE, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const silenceAfter = async (): Promise<number> => {
      server.strayRefusals(1, '')
      await quietly(sendThrough(budget, server, look('refused')))
      const since = Date.now()
      await quietly(sendThrough(budget, server, look('next'), { thereMs: 0, backMs: 0 }))
      return Date.now() - since
    }
    const answer = async (times: number) => {
      for (let call = 0; call < times; call += 1) await spend(budget, server, 'answered')
    }
    await answer(1)
    const first = silenceAfter()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await first).toBeLessThan(1_010)
    const second = silenceAfter()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await second).toBeGreaterThanOrEqual(2_000)
    await answer(10)
    await vi.advanceTimersByTimeAsync(5 * MINUTE)
    const third = silenceAfter()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await third).toBeLessThan(1_010)
  })

  it('of looks that name no time holds people up for a second at most, however many they were', async () => {
    const server = new RateLimitedServer({ limit: 1_000, windowMs: MINUTE, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const stop = watchRoom(budget, server)
    server.strayRefusals(6, '')
    while (server.refusals < 6) await vi.advanceTimersByTimeAsync(100)
    const calls = server.served.length
    await vi.advanceTimersByTimeAsync(1_100)
    expect(server.served).toHaveLength(calls)
    void sendThrough(budget, server, person('person'))
    await vi.advanceTimersByTimeAsync(100)
    // A person's call is answered: looks need not wait any longer either.
    expect(server.served.slice(calls, calls + 2).map(({ id }) => id)).toEqual(['person', 'room'])
    stop()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })
})

async function spend(budget: RateLimiter, server: RateLimitedServer, id: string): Promise<void> {
  const call = sendThrough(budget, server, person(id))
  await vi.advanceTimersByTimeAsync(40)
  await call
}
