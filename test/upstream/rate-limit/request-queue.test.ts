import { getEventListeners, setMaxListeners } from 'node:events'
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

/** A budget whose looks have used up their share of a minute, and its server. */
async function exhausted(): Promise<{ budget: RateLimiter; server: RateLimitedServer }> {
  const server = new RateLimitedServer({ limit: 3, windowMs: MINUTE })
  const budget = new RateLimiter({ maxConcurrentPolls: 8 })
  for (const id of ['a', 'b']) void sendThrough(budget, server, { id, priority: 'background' })
  await vi.advanceTimersByTimeAsync(MINUTE / 2 + 1_000)
  expect(server.served).toHaveLength(2)
  return { budget, server }
}

describe('a look that waits', () => {
  it('leaves at once when it is called off, with the reason, and no listener stays', async () => {
    const { budget, server } = await exhausted()
    const leaving = new AbortController()
    const waiting = quietly(
      sendThrough(budget, server, { id: 'c', priority: 'background', signal: leaving.signal }),
    )
    await vi.advanceTimersByTimeAsync(0)
    expect(budget.backgroundDelayMs).toBeGreaterThan(0)
    leaving.abort(new Error('gone'))
    expect(await waiting).toMatchObject({ message: 'gone' })
    expect(getEventListeners(leaving.signal, 'abort')).toEqual([])
    expect(budget.backgroundDelayMs).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('goes at once when somebody waits for it', async () => {
    const { budget, server } = await exhausted()
    for (const id of ['c', 'd']) void sendThrough(budget, server, { id, priority: 'background' })
    budget.promote('route', 'd', 'interactive')
    await vi.advanceTimersByTimeAsync(40)
    expect(server.served.map(({ id }) => id)).toEqual(['a', 'b', 'd'])
  })

  it('stays where it is when somebody who comes for it cannot be served soon', async () => {
    const { budget, server } = await exhausted()
    void sendThrough(budget, server, { id: 'last', priority: 'interactive' })
    void sendThrough(budget, server, { id: 'c', priority: 'background' })
    await vi.advanceTimersByTimeAsync(40)
    expect(() => budget.promote('route', 'c', 'interactive')).toThrow('limited')
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(server.served.at(-1)?.id).toBe('c')
  })

  it('is refused with everybody else who waits when the gateway stops', async () => {
    const { budget, server } = await exhausted()
    const waiting = quietly(sendThrough(budget, server, { id: 'c', priority: 'background' }))
    await vi.advanceTimersByTimeAsync(0)
    budget.close()
    expect(await waiting).toMatchObject({ failure: 'not-sent' })
    expect(await quietly(sendThrough(budget, server, { id: 'd', priority: 'interactive' }))).toMatchObject({
      failure: 'not-sent',
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is one of a bounded number', async () => {
    const { budget, server } = await exhausted()
    const leaving = new AbortController()
    const { signal } = leaving
    setMaxListeners(0, signal)
    const looks = Array.from({ length: 10_001 }, (_, id) =>
      quietly(sendThrough(budget, server, { id: `room ${id}`, priority: 'background', signal })),
    )
    expect(await looks.at(-1)).toMatchObject({ failure: 'limited' })
    leaving.abort()
    await Promise.all(looks)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the lag', () => {
  it('is how long the last look will wait, by what a window takes', async () => {
    const { budget, server } = await exhausted()
    const leaving = new AbortController()
    const { signal } = leaving
    setMaxListeners(0, signal)
    for (let room = 0; room < 20; room += 1) {
      void quietly(sendThrough(budget, server, { id: `room ${room}`, priority: 'background', signal }))
    }
    await vi.advanceTimersByTimeAsync(0)
    const promised = budget.backgroundDelayMs
    const began = Date.now()
    while (!server.served.some(({ id }) => id === 'room 19')) await vi.advanceTimersByTimeAsync(1_000)
    expect(Math.abs(Date.now() - began - promised)).toBeLessThan(MINUTE)
    leaving.abort()
  })
})

describe('looks that a slow server keeps', () => {
  it('are a bounded number at once, over all limits, and take turns', async () => {
    const budget = new RateLimiter({ maxConcurrentPolls: 2 })
    const begun: string[] = []
    const enter = async (limit: string, id: string) => {
      const pass = await budget.acquire({
        rateLimitKey: limit,
        id,
        priority: 'background',
        signal: new AbortController().signal,
      })
      begun.push(limit)
      return pass
    }
    const answered = { status: 200, headers: {}, text: '' }
    const learned = await Promise.all([enter('one', 'x'), enter('other', 'x')])
    for (const pass of learned) budget.release(pass, answered)
    begun.length = 0
    const passes = ['a', 'b', 'c'].flatMap((id) => [enter('one', id), enter('other', id)])
    await vi.advanceTimersByTimeAsync(0)
    expect(begun).toHaveLength(2)
    for (const pass of passes) budget.release(await pass, answered)
    expect(begun.filter((limit) => limit === 'one')).toHaveLength(3)
    expect(begun.slice(2, 6).sort()).toEqual(['one', 'one', 'other', 'other'])
    const person = budget.acquire({
      rateLimitKey: 'one',
      id: '',
      priority: 'interactive',
      signal: new AbortController().signal,
    })
    budget.release(await person, answered)
    expect(vi.getTimerCount()).toBe(0)
  })
})
