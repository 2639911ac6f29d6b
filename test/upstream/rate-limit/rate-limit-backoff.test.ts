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

const MINUTE_MS = 60_000
const WAIT_A_SECOND = 'You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]'
const strays = [
  { times: 1, says: 'nothing', text: '', quietMs: 1_100 },
  { times: 2, says: 'nothing', text: '', quietMs: 4_200 },
  { times: 3, says: 'nothing', text: '', quietMs: 10_300 },
  { times: 1, says: 'a second', text: WAIT_A_SECOND, quietMs: 1_100 },
  { times: 3, says: 'a second', text: WAIT_A_SECOND, quietMs: 3_300 },
] as const

const poll = (id: string) => ({ id, priority: 'background' }) as const
const interactive = (id: string) => ({ id, priority: 'interactive' }) as const
const resultOrError = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** A room that is polled a hundred times a second, whatever the outcome. */
function pollRoomContinuously(limiter: RateLimiter, server: RateLimitedServer, id = 'room'): () => void {
  const stopped = new AbortController()
  const { signal } = stopped
  const pollRepeatedly = async () => {
    while (!signal.aborted) {
      await sendThrough(limiter, server, { ...poll(id), signal }, { thereMs: 5, backMs: 5 })
    }
  }
  void resultOrError(pollRepeatedly())
  return () => stopped.abort()
}

describe.each(strays)('$times stray rate-limit responses that say $says', ({ times, text, quietMs }) => {
  it.each([
    ['as the first results of all', 0],
    ['after a minute of results', MINUTE_MS],
  ])('%s reveal no limit: once the route responds normally, it is used as before', async (_when, before) => {
    const server = new RateLimitedServer({ limit: 1_000_000, windowMs: MINUTE_MS, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const stop = before > 0 ? pollRoomContinuously(limiter, server) : () => {}
    await vi.advanceTimersByTimeAsync(before)
    server.addStrayResponses(times, text)
    const stopAll = before > 0 ? stop : pollRoomContinuously(limiter, server)
    await vi.advanceTimersByTimeAsync(quietMs)
    expect(server.rateLimitedCount).toBe(times)
    const answered = server.served.length
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.served.length - answered).toBeGreaterThan(90)
    stopAll()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('do not change a published limit', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    await spend(limiter, server, 'learned')
    for (let room = 0; room < 40; room += 1)
      void resultOrError(sendThrough(limiter, server, poll(`room ${room}`)))
    server.addStrayResponses(times, text)
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
    expect(server.rateLimitedCount).toBe(times)
    expect(new Set(server.served.map(({ id }) => id)).size).toBe(41)
  })
})

describe('a rate-limit response', () => {
  it('that names a wait is obeyed: no request is sent before', async () => {
    const server = new RateLimitedServer({ limit: 1_000, windowMs: MINUTE_MS, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const stops = ['a', 'b', 'c', 'd'].map((id) => pollRoomContinuously(limiter, server, id))
    await vi.advanceTimersByTimeAsync(1_000)
    server.addStrayResponses(1, WAIT_A_SECOND.replace('1', '42'))
    await vi.advanceTimersByTimeAsync(20)
    const calls = server.served.length
    for (let second = 0; second < 41; second += 1) {
      void resultOrError(sendThrough(limiter, server, interactive('interactive')))
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(server.served).toHaveLength(calls)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.served.length).toBeGreaterThan(calls)
    for (const stop of stops) stop()
    await vi.advanceTimersByTimeAsync(100)
  })

  it('that names a wait is void as soon as a request sent after it is accepted', () => {
    const backoff = new RateLimitBackoff()
    backoff.recordRateLimited({ share: 'interactive', sentAt: 0 }, 1_000, 10)
    // Another request of the same burst is limited later, and asks for a longer wait.
    backoff.recordRateLimited({ share: 'interactive', sentAt: 0 }, 900_000, 1_500)
    expect(backoff.waitMs('interactive', 2_000)).toBe(899_500)
    backoff.reset()
    expect(backoff.waitMs('interactive', 2_000)).toBe(0)
    expect(backoff.waitMs('background', 2_000)).toBe(0)
  })

  it('starts a new series after ten other responses: its backoff is the first one again', async () => {
    const server = new RateLimitedServer({ limit: 1_000_000, windowMs: MINUTE_MS, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const silenceAfter = async (): Promise<number> => {
      server.addStrayResponses(1, '')
      await resultOrError(sendThrough(limiter, server, poll('limited')))
      const since = Date.now()
      await resultOrError(sendThrough(limiter, server, poll('next'), { thereMs: 0, backMs: 0 }))
      return Date.now() - since
    }
    const answer = async (times: number) => {
      for (let call = 0; call < times; call += 1) await spend(limiter, server, 'answered')
    }
    await answer(1)
    const first = silenceAfter()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await first).toBeLessThan(1_010)
    const second = silenceAfter()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await second).toBeGreaterThanOrEqual(2_000)
    await answer(10)
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    const third = silenceAfter()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await third).toBeLessThan(1_010)
  })

  it('of polls without a wait delays interactive requests by at most a second, whatever their number', async () => {
    const server = new RateLimitedServer({ limit: 1_000, windowMs: MINUTE_MS, publishes: false })
    const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
    const stop = pollRoomContinuously(limiter, server)
    server.addStrayResponses(6, '')
    while (server.rateLimitedCount < 6) await vi.advanceTimersByTimeAsync(100)
    const calls = server.served.length
    await vi.advanceTimersByTimeAsync(1_100)
    expect(server.served).toHaveLength(calls)
    void sendThrough(limiter, server, interactive('interactive'))
    await vi.advanceTimersByTimeAsync(100)
    // An interactive request gets its response, which ends the backoff of polls, too.
    expect(server.served.slice(calls, calls + 2).map(({ id }) => id)).toEqual(['interactive', 'room'])
    stop()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })
})

async function spend(limiter: RateLimiter, server: RateLimitedServer, id: string): Promise<void> {
  const call = sendThrough(limiter, server, interactive(id))
  await vi.advanceTimersByTimeAsync(40)
  await call
}
