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

const MINUTE = 60_000
const refusal = new Error('this token is not known')
const quietly = (work: Promise<unknown>) => work.catch((error: unknown) => error)

/** A caller of whom the provider's first answer tells what it is. */
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
    this.authenticationError = this.#isHonest ? null : refusal
  }
}

const invented = (number: number, origin?: string) => new TestCaller(`invented ${number}`, false, origin)

function proven(key: string): TestCaller {
  const caller = new TestCaller(key, true)
  caller.answered()
  return caller
}

function open(limit: number) {
  const server = new RateLimitedServer({ limit, windowMs: MINUTE })
  const budget = new RateLimiter({ maxConcurrentPolls: 8, maxConcurrentRequests: 16 })
  const leaving = new AbortController()
  const { signal } = leaving
  setMaxListeners(0, signal)
  const call = async (caller: TestCaller, priority: Priority, id: string) => {
    const pass = await budget.acquire({ rateLimitKey: 'route', id, priority, caller, signal })
    await new Promise<void>((resolve) => setTimeout(resolve, 20))
    const answer = server.answer(caller.key, priority)
    caller.answered()
    budget.release(pass, answer)
  }
  return {
    server,
    call,
    /** Answers, one for each. */
    served: (key: string) => server.served.filter(({ id }) => id === key).length,
    stop: () => leaving.abort(),
  }
}

describe('1 990 subscriptions with invented tokens at a server of ten calls a minute', () => {
  it('delay neither the polls nor the reads of proven callers', async () => {
    const { server, call, served, stop } = open(10)
    const reader = proven('reader')
    void call(reader, 'interactive', '')
    await vi.advanceTimersByTimeAsync(100)
    for (let token = 0; token < 1_990; token += 1) {
      void quietly(call(invented(token), 'background', `look ${token}`))
    }
    const watcher = proven('watcher')
    const poll = async () => {
      for (let look = 0; ; look += 1) await call(watcher, 'background', `watcher ${look}`)
    }
    void quietly(poll())
    for (let minute = 0; minute < 10; minute += 1) {
      await vi.advanceTimersByTimeAsync(MINUTE / 2)
      void quietly(call(reader, 'interactive', ''))
      await vi.advanceTimersByTimeAsync(MINUTE / 2)
    }
    expect(served('reader')).toBe(11)
    // Six polls a minute are what a watched room has without them.
    expect(served('watcher')).toBeGreaterThanOrEqual(55)
    expect(server.refusals).toBe(0)
    stop()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('delay an honest subscriber that comes after them by two windows at most', async () => {
    const { server, call, stop } = open(10)
    void call(proven('reader'), 'interactive', '')
    await vi.advanceTimersByTimeAsync(100)
    for (let token = 0; token < 1_990; token += 1) {
      void quietly(call(invented(token), 'background', `look ${token}`))
    }
    await vi.advanceTimersByTimeAsync(3 * MINUTE)
    const honest = new TestCaller('honest', true)
    void call(honest, 'background', 'honest')
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(honest.isVerified).toBe(true)
    expect(server.refusals).toBe(0)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })

  it('from one address delay those of another by their turns only', async () => {
    const { call, stop } = open(10)
    void call(proven('reader'), 'interactive', '')
    await vi.advanceTimersByTimeAsync(100)
    const honest = new TestCaller('honest', true, 'elsewhere')
    void call(honest, 'background', 'honest')
    // They keep coming: whoever came last of all would never leave.
    for (let token = 0; token < 1_990; token += 1) {
      void quietly(call(invented(token), 'background', `look ${token}`))
      if (token % 20 === 0) await vi.advanceTimersByTimeAsync(500)
    }
    expect(honest.isVerified).toBe(true)
    stop()
    await vi.advanceTimersByTimeAsync(100)
  })
})

describe('a caller who is not proven', () => {
  it('has one call under way at a time: refused, it fails all that wait with it, and none is sent', async () => {
    const { call, served } = open(1_000)
    const caller = invented(1)
    const calls = Array.from({ length: 300 }, (_, number) =>
      quietly(call(caller, number % 2 ? 'interactive' : 'background', `${number}`)),
    )
    await vi.advanceTimersByTimeAsync(100)
    const outcomes = await Promise.all(calls)
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
    expect(outcomes.slice(1)).toMatchObject(Array(299).fill({ reason: refusal }))
    expect(await quietly(call(caller, 'interactive', ''))).toMatchObject({ reason: refusal })
    expect(served(caller.key)).toBe(1)
  })

  it('goes on like everybody else as soon as it is accepted', async () => {
    const { call, served } = open(1_000)
    const caller = new TestCaller('honest', true)
    const calls = Array.from({ length: 100 }, (_, number) => call(caller, 'interactive', `${number}`))
    await vi.advanceTimersByTimeAsync(400)
    await Promise.all(calls)
    expect(served('honest')).toBe(100)
  })

  it('is crowded out by newer ones of its origin beyond 2 000', async () => {
    const { call, stop } = open(10)
    void call(proven('reader'), 'interactive', '')
    await vi.advanceTimersByTimeAsync(100)
    const elsewhere = quietly(call(invented(0, 'elsewhere'), 'background', 'elsewhere'))
    const looks = Array.from({ length: 2_100 }, (_, token) =>
      quietly(call(invented(token + 1), 'background', `look ${token}`)),
    )
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await looks[10]).toMatchObject({ failure: 'limited', retryAfterMs: expect.any(Number) })
    stop()
    const outcomes = await Promise.all(looks)
    const crowdedOut = outcomes.filter((outcome) => Object(outcome).failure === 'limited')
    // A few of the hundred more than may wait have left meanwhile.
    expect(crowdedOut.length).toBeGreaterThan(90)
    expect(crowdedOut.length).toBeLessThanOrEqual(100)
    expect(Object(await elsewhere).failure).not.toBe('limited')
  })
})

describe('callers who are proven', () => {
  it('take turns: whoever sends a thousand reads at once delays no other', async () => {
    const { server, call } = open(1_000_000)
    const [flood, other] = [proven('flood'), proven('other')]
    for (let read = 0; read < 1_000; read += 1) void call(flood, 'interactive', `${read}`)
    await vi.advanceTimersByTimeAsync(100)
    const before = server.served.length
    await Promise.all([call(other, 'interactive', 'one'), vi.advanceTimersByTimeAsync(100)])
    const passed = server.served.slice(before).findIndex(({ id }) => id === 'other')
    expect(passed).toBeLessThanOrEqual(2 * 16)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.served.filter(({ id }) => id === 'flood')).toHaveLength(1_000)
  })

  it('take turns with their polls: whoever watches five hundred rooms delays no other', async () => {
    const { server, call, stop } = open(60)
    const [flood, other] = [proven('flood'), proven('other')]
    for (let room = 0; room < 500; room += 1) void quietly(call(flood, 'background', `room ${room}`))
    await vi.advanceTimersByTimeAsync(MINUTE)
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
