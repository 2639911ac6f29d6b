import { getEventListeners, setMaxListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import { ResponseBody } from '../../../src/upstream/response-body.ts'
import { RateLimitedServer, sendThrough } from './rate-limited-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE_MS = 60_000
const resultOrError = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** A rate limiter whose polls have used up their quota of a minute, and its server. */
async function exhausted(): Promise<{ limiter: RateLimiter; server: RateLimitedServer }> {
  const server = new RateLimitedServer({ limit: 3, windowMs: MINUTE_MS })
  const limiter = new RateLimiter({ maxConcurrentPolls: 8 })
  for (const id of ['a', 'b']) void sendThrough(limiter, server, { id, priority: 'background' })
  await vi.advanceTimersByTimeAsync(MINUTE_MS / 2 + 1_000)
  expect(server.served).toHaveLength(2)
  return { limiter, server }
}

describe('a queued poll', () => {
  it('is removed at once when it is aborted, with the reason, and leaves no listener', async () => {
    const { limiter, server } = await exhausted()
    const leaving = new AbortController()
    const waiting = resultOrError(
      sendThrough(limiter, server, { id: 'c', priority: 'background', signal: leaving.signal }),
    )
    await vi.advanceTimersByTimeAsync(0)
    expect(limiter.backgroundDelayMs).toBeGreaterThan(0)
    leaving.abort(new Error('gone'))
    expect(await waiting).toMatchObject({ message: 'gone' })
    expect(getEventListeners(leaving.signal, 'abort')).toEqual([])
    expect(limiter.backgroundDelayMs).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is sent at once when an interactive request promotes it', async () => {
    const { limiter, server } = await exhausted()
    for (const id of ['c', 'd']) void sendThrough(limiter, server, { id, priority: 'background' })
    limiter.promote('route', 'd', 'interactive')
    await vi.advanceTimersByTimeAsync(40)
    expect(server.served.map(({ id }) => id)).toEqual(['a', 'b', 'd'])
  })

  it('keeps its place if the interactive request would wait too long', async () => {
    const { limiter, server } = await exhausted()
    void sendThrough(limiter, server, { id: 'last', priority: 'interactive' })
    void sendThrough(limiter, server, { id: 'c', priority: 'background' })
    await vi.advanceTimersByTimeAsync(40)
    expect(() => limiter.promote('route', 'c', 'interactive')).toThrow('limited')
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(server.served.at(-1)?.id).toBe('c')
  })

  it('fails with all other queued requests when the gateway stops', async () => {
    const { limiter, server } = await exhausted()
    const waiting = resultOrError(sendThrough(limiter, server, { id: 'c', priority: 'background' }))
    await vi.advanceTimersByTimeAsync(0)
    limiter.close()
    expect(await waiting).toMatchObject({ failure: 'not-sent' })
    expect(
      await resultOrError(sendThrough(limiter, server, { id: 'd', priority: 'interactive' })),
    ).toMatchObject({
      failure: 'not-sent',
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is one of a limited number', async () => {
    const { limiter, server } = await exhausted()
    const leaving = new AbortController()
    const { signal } = leaving
    setMaxListeners(0, signal)
    const polls = Array.from({ length: 10_001 }, (_, id) =>
      resultOrError(sendThrough(limiter, server, { id: `room ${id}`, priority: 'background', signal })),
    )
    expect(await polls.at(-1)).toMatchObject({ failure: 'limited' })
    leaving.abort()
    await Promise.all(polls)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the background delay', () => {
  it('is the time until the last poll is sent, by the quota of a window', async () => {
    const { limiter, server } = await exhausted()
    const leaving = new AbortController()
    const { signal } = leaving
    setMaxListeners(0, signal)
    for (let room = 0; room < 20; room += 1) {
      void resultOrError(sendThrough(limiter, server, { id: `room ${room}`, priority: 'background', signal }))
    }
    await vi.advanceTimersByTimeAsync(0)
    const promised = limiter.backgroundDelayMs
    const began = Date.now()
    while (!server.served.some(({ id }) => id === 'room 19')) await vi.advanceTimersByTimeAsync(1_000)
    expect(Math.abs(Date.now() - began - promised)).toBeLessThan(MINUTE_MS)
    leaving.abort()
  })
})

describe('polls in flight at a slow server', () => {
  it('are limited in number over all rate limits, and take turns', async () => {
    const limiter = new RateLimiter({ maxConcurrentPolls: 2 })
    const started: string[] = []
    const enter = async (limit: string, id: string) => {
      const permit = await limiter.acquire({
        rateLimitKey: limit,
        id,
        priority: 'background',
        signal: new AbortController().signal,
      })
      started.push(limit)
      return permit
    }
    const answered = { status: 200, headers: {}, body: new ResponseBody([]) }
    const learned = await Promise.all([enter('one', 'x'), enter('other', 'x')])
    for (const permit of learned) limiter.release(permit, answered)
    started.length = 0
    const permits = ['a', 'b', 'c'].flatMap((id) => [enter('one', id), enter('other', id)])
    await vi.advanceTimersByTimeAsync(0)
    expect(started).toHaveLength(2)
    for (const permit of permits) limiter.release(await permit, answered)
    expect(started.filter((limit) => limit === 'one')).toHaveLength(3)
    expect(started.slice(2, 6).sort()).toEqual(['one', 'one', 'other', 'other'])
    const interactive = limiter.acquire({
      rateLimitKey: 'one',
      id: '',
      priority: 'interactive',
      signal: new AbortController().signal,
    })
    limiter.release(await interactive, answered)
    expect(vi.getTimerCount()).toBe(0)
  })
})
