import { setMaxListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Priority } from '../../../src/domain/priority.ts'
import { RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import type { RequestCaller } from '../../../src/upstream/request-caller.ts'
import { RateLimitedServer } from './rate-limited-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE_MS = 60_000
const tokenError = new Error('this token is unknown')
const resultOrError = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** A caller that the first response of the provider verifies or rejects. */
class TestCaller implements RequestCaller {
  isVerified = false
  authenticationError: Error | null = null
  readonly key: string
  readonly origin: string
  readonly #isHonest: boolean

  constructor(key: string, isHonest: boolean, origin = 'somewhere') {
    this.key = key
    this.origin = origin
    this.#isHonest = isHonest
  }

  answered(): void {
    this.isVerified = this.#isHonest
    this.authenticationError = this.#isHonest ? null : tokenError
  }
}

const invented = (number: number, origin?: string) => new TestCaller(`invented ${number}`, false, origin)

function verified(key: string): TestCaller {
  const caller = new TestCaller(key, true)
  caller.answered()
  return caller
}

function open(limit: number) {
  const server = new RateLimitedServer({ limit, windowMs: MINUTE_MS })
  const limiter = new RateLimiter({ maxConcurrentPolls: 8, maxConcurrentRequests: 16 })
  const leaving = new AbortController()
  const { signal } = leaving
  setMaxListeners(0, signal)
  const call = async (caller: TestCaller, priority: Priority, id: string) => {
    const permit = await limiter.acquire({ rateLimitKey: 'route', id, priority, caller, signal })
    await new Promise<void>((resolve) => setTimeout(resolve, 20))
    const response = server.respond(caller.key, priority)
    caller.answered()
    limiter.release(permit, response)
  }
  return {
    server,
    call,
    /** Number of responses to this caller. */
    served: (key: string) => server.served.filter(({ id }) => id === key).length,
    stop: () => leaving.abort(),
  }
}

describe('1 990 subscriptions with invented tokens at a server with ten requests a minute', () => {
  it('delay neither the polls nor the reads of verified callers', async () => {
    const { server, call, served, stop } = open(10)
    const reader = verified('reader')
    void call(reader, 'interactive', '')
    await vi.advanceTimersByTimeAsync(100)
    for (let token = 0; token < 1_990; token += 1) {
      void resultOrError(call(invented(token), 'background', `poll ${token}`))
    }
    const watcher = verified('watcher')
    const poll = async () => {
      for (let poll = 0; ; poll += 1) await call(watcher, 'background', `watcher ${poll}`)
    }
    void resultOrError(poll())
    for (let minute = 0; minute < 10; minute += 1) {
      await vi.advanceTimersByTimeAsync(MINUTE_MS / 2)
      void resultOrError(call(reader, 'interactive', ''))
      await vi.advanceTimersByTimeAsync(MINUTE_MS / 2)
    }
    expect(served('reader')).toBe(11)
    // Without them, a subscribed room has six polls a minute.
    expect(served('watcher')).toBeGreaterThanOrEqual(55)
    expect(server.rateLimitedCount).toBe(0)
    stop()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('delay a later subscriber with a valid token by at most two windows', async () => {
    const { server, call, stop } = open(10)
    void call(verified('reader'), 'interactive', '')
    await vi.advanceTimersByTimeAsync(100)
    for (let token = 0; token < 1_990; token += 1) {
      void resultOrError(call(invented(token), 'background', `poll ${token}`))
    }
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS)
    const honest = new TestCaller('honest', true)
    void call(honest, 'background', 'honest')
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    expect(honest.isVerified).toBe(true)
    expect(server.rateLimitedCount).toBe(0)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })

  it('from one address delay those from another only by fair turns', async () => {
    const { call, stop } = open(10)
    void call(verified('reader'), 'interactive', '')
    await vi.advanceTimersByTimeAsync(100)
    const honest = new TestCaller('honest', true, 'elsewhere')
    void call(honest, 'background', 'honest')
    // They keep coming: in order of arrival, the last one would never be sent.
    for (let token = 0; token < 1_990; token += 1) {
      void resultOrError(call(invented(token), 'background', `poll ${token}`))
      if (token % 20 === 0) await vi.advanceTimersByTimeAsync(500)
    }
    expect(honest.isVerified).toBe(true)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })
})

describe('an unverified caller', () => {
  it('has one request in flight at a time, whose rejection fails all that are queued without sending them', async () => {
    const { call, served } = open(1_000)
    const caller = invented(1)
    const calls = Array.from({ length: 300 }, (_, number) =>
      resultOrError(call(caller, number % 2 ? 'interactive' : 'background', `${number}`)),
    )
    await vi.advanceTimersByTimeAsync(100)
    const outcomes = await Promise.all(calls)
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
    expect(outcomes.slice(1)).toMatchObject(Array(299).fill({ reason: tokenError }))
    expect(await resultOrError(call(caller, 'interactive', ''))).toMatchObject({ reason: tokenError })
    expect(served(caller.key)).toBe(1)
  })

  it('is queued like all others as soon as it is accepted', async () => {
    const { call, served } = open(1_000)
    const caller = new TestCaller('honest', true)
    const calls = Array.from({ length: 100 }, (_, number) => call(caller, 'interactive', `${number}`))
    await vi.advanceTimersByTimeAsync(400)
    await Promise.all(calls)
    expect(served('honest')).toBe(100)
  })

  it('is displaced by newer ones of its origin beyond 2 000', async () => {
    const { call, stop } = open(10)
    void call(verified('reader'), 'interactive', '')
    await vi.advanceTimersByTimeAsync(100)
    const elsewhere = resultOrError(call(invented(0, 'elsewhere'), 'background', 'elsewhere'))
    const polls = Array.from({ length: 2_100 }, (_, token) =>
      resultOrError(call(invented(token + 1), 'background', `poll ${token}`)),
    )
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await polls[10]).toMatchObject({ failure: 'limited', retryAfterMs: expect.any(Number) })
    stop()
    const outcomes = await Promise.all(polls)
    const crowdedOut = outcomes.filter((outcome) => Object(outcome).failure === 'limited')
    // A few of the hundred beyond the maximum have been sent in the meantime.
    expect(crowdedOut.length).toBeGreaterThan(90)
    expect(crowdedOut.length).toBeLessThanOrEqual(100)
    expect(Object(await elsewhere).failure).not.toBe('limited')
  })
})

describe('verified callers', () => {
  it('take turns: a thousand reads of one caller delay no other', async () => {
    const { server, call } = open(1_000_000)
    const [flood, other] = [verified('flood'), verified('other')]
    for (let read = 0; read < 1_000; read += 1) void call(flood, 'interactive', `${read}`)
    await vi.advanceTimersByTimeAsync(100)
    const before = server.served.length
    await Promise.all([call(other, 'interactive', 'one'), vi.advanceTimersByTimeAsync(100)])
    const passed = server.served.slice(before).findIndex(({ id }) => id === 'other')
    expect(passed).toBeLessThanOrEqual(2 * 16)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.served.filter(({ id }) => id === 'flood')).toHaveLength(1_000)
  })

  it('take turns with their polls: five hundred rooms of one caller delay no other', async () => {
    const { server, call, stop } = open(60)
    const [flood, other] = [verified('flood'), verified('other')]
    for (let room = 0; room < 500; room += 1) void resultOrError(call(flood, 'background', `room ${room}`))
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    const before = server.served.length
    void call(other, 'background', 'other')
    await vi.advanceTimersByTimeAsync(10_000)
    const passed = server.served.slice(before).findIndex(({ id }) => id === 'other')
    expect(passed).toBeGreaterThanOrEqual(0)
    expect(passed).toBeLessThanOrEqual(2)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })
})
