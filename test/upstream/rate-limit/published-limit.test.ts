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

const MINUTE = 60_000
const look = (id: string) => ({ id, priority: 'background' }) as const
const person = (id: string) => ({ id, priority: 'interactive' }) as const
const quietly = (work: Promise<unknown>) => work.catch((error: unknown) => error)

describe('a limit that the server publishes', () => {
  it('is learned from the first answer: looks never meet it', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    for (let room = 0; room < 40; room += 1) void sendThrough(budget, server, look(`room ${room}`))
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(server.refusals).toBe(0)
    expect(server.served.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, room) => `room ${room}`))
    expect(server.windows.map((calls) => calls.length)).toEqual([6, 6, 6, 6, 6, 6, 4])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is learned from the first answer by people too: who is one too many is told when to come back', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const calls = Array.from({ length: 12 }, (_, number) =>
      quietly(sendThrough(budget, server, person(`${number}`))),
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
    await vi.advanceTimersByTimeAsync(MINUTE)
    void sendThrough(budget, server, person('later'))
    await vi.advanceTimersByTimeAsync(40)
    expect(server.served.at(-1)).toMatchObject({ id: 'later', refused: false })
  })

  it('is met once where another met it before, and not again before the window is over', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE })
    for (let call = 0; call < 10; call += 1) server.answer('theirs', 'interactive')
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    await spend(budget, server, 'ours')
    for (let room = 0; room < 5; room += 1) void sendThrough(budget, server, look(`room ${room}`))
    expect(await quietly(sendThrough(budget, server, person('ours')))).toMatchObject({ failure: 'limited' })
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(server.refusals).toBe(1)
    expect(server.served.slice(11).map(({ id, refused }) => [id, refused])).toEqual(
      Array.from({ length: 5 }, (_, room) => [`room ${room}`, false]),
    )
  })

  it('of ten calls a minute is met once at most by five hundred rooms, and each has its turn within 84 minutes', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE })
    for (let call = 0; call < 10; call += 1) server.answer('theirs', 'interactive')
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const rooms = Array.from({ length: 500 }, (_, room) => `room ${room}`)
    const keepLooking = async (id: string) => {
      await sendThrough(budget, server, look(id))
      // A look that was refused is made again.
      if (server.served.findLast((call) => call.id === id)?.refused)
        await sendThrough(budget, server, look(id))
    }
    for (const id of rooms) void keepLooking(id)
    for (let minute = 0; minute < 85; minute += 1) {
      await vi.advanceTimersByTimeAsync(MINUTE)
      void sendThrough(budget, server, person('person'))
    }
    await vi.advanceTimersByTimeAsync(100)
    expect(server.refusals).toBe(1)
    const answered = server.served.filter(({ refused }) => !refused).map(({ id }) => id)
    expect(rooms.filter((id) => !answered.includes(id))).toEqual([])
    expect(answered.filter((id) => id === 'person')).toHaveLength(85)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that nobody has told yet holds people up for a second at most', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    const slow = { thereMs: 5_000, backMs: 0 }
    for (const id of ['slow', 'held']) void sendThrough(budget, server, person(id), slow)
    await vi.advanceTimersByTimeAsync(999)
    expect(server.admitted).toEqual(['slow'])
    await vi.advanceTimersByTimeAsync(1)
    expect(server.admitted).toEqual(['slow', 'held'])
    await vi.advanceTimersByTimeAsync(10_000)
  })

  it('keeps a reserve for people, whom no number of looks delays', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    for (let room = 0; room < 100; room += 1) void sendThrough(budget, server, look(`room ${room}`))
    await vi.advanceTimersByTimeAsync(MINUTE - 1_000)
    expect(server.served).toHaveLength(6)
    for (let number = 0; number < 4; number += 1) void sendThrough(budget, server, person('person'))
    await vi.advanceTimersByTimeAsync(50)
    expect(server.served.slice(6).map(({ id }) => id)).toEqual(Array(4).fill('person'))
    expect(server.refusals).toBe(0)
  })

  it('lets a person wait where the window is nearly over, and go first then', async () => {
    const server = new RateLimitedServer({ limit: 3, windowMs: MINUTE })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    for (let number = 0; number < 3; number += 1) await spend(budget, server, `${number}`)
    for (let room = 0; room < 5; room += 1) void sendThrough(budget, server, look(`room ${room}`))
    await vi.advanceTimersByTimeAsync(MINUTE - 1_000)
    void sendThrough(budget, server, person('patient'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.served[3]).toMatchObject({ id: 'patient', window: 2 })
    expect(server.refusals).toBe(0)
  })

  it('that is switched off holds nobody back any more', async () => {
    const server = new RateLimitedServer({ limit: 2, windowMs: 1_000 })
    const open = new RateLimitedServer({ limit: 1_000, windowMs: MINUTE, publishes: false })
    const budget = new RateLimiter({ maxConcurrentPolls: 4 })
    await spend(budget, server, 'limited')
    await vi.advanceTimersByTimeAsync(3_000)
    for (let room = 0; room < 50; room += 1) void sendThrough(budget, open, look(`room ${room}`))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(open.served).toHaveLength(50)
  })

  it('counts what others at the same address use', async () => {
    const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE })
    const budget = new RateLimiter({ maxConcurrentPolls: 8 })
    await spend(budget, server, 'ours')
    for (let call = 0; call < 8; call += 1) server.answer('theirs', 'interactive')
    await spend(budget, server, 'ours')
    expect(await quietly(sendThrough(budget, server, person('one too many')))).toMatchObject({
      failure: 'limited',
    })
    expect(server.refusals).toBe(0)
  })
})

async function spend(budget: RateLimiter, server: RateLimitedServer, id: string): Promise<void> {
  const spent = sendThrough(budget, server, person(id))
  await vi.advanceTimersByTimeAsync(40)
  await spent
}

describe('whatever comes when', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('person' as const), thereMs: fc.nat(80), backMs: fc.nat(80) }),
    fc.record({ do: fc.constant('look' as const), thereMs: fc.nat(80), backMs: fc.nat(80) }),
    fc.record({ do: fc.constant('leave' as const), which: fc.nat(50) }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.nat(3_000) }),
  )
  const given = fc.record({
    limit: fc.integer({ min: 2, max: 12 }),
    windowMs: fc.integer({ min: 2_000, max: 20_000 }),
    skewMs: fc.integer({ min: -5_000_000, max: 5_000_000 }),
    steps: fc.array(step, { maxLength: 80 }),
  })

  it('a window holds no more than its limit, looks leave the reserve, in the order they came, and nothing is left behind', async () => {
    const property = fc.asyncProperty(given, async ({ limit, windowMs, skewMs, steps }) => {
      const server = new RateLimitedServer({ limit, windowMs, skewMs })
      let waiting = 0
      const onEvent = (event: { type: string; by?: unknown }) => {
        if (event.type === 'queued') waiting += Number(event.by)
      }
      const budget = new RateLimiter({ maxConcurrentPolls: 4, onEvent })
      await spend(budget, server, 'first')
      const looks: { id: string; leaving: AbortController; left: boolean }[] = []
      for (const step of steps) {
        if (step.do === 'pass') await vi.advanceTimersByTimeAsync(step.ms)
        else if (step.do === 'leave') leave(looks[step.which])
        else if (step.do === 'person') void quietly(sendThrough(budget, server, person('person'), step))
        else {
          const entry = { id: `look ${looks.length}`, leaving: new AbortController(), left: false }
          looks.push(entry)
          void quietly(sendThrough(budget, server, { ...look(entry.id), signal: entry.leaving.signal }, step))
        }
      }
      await vi.advanceTimersByTimeAsync((looks.length + 3) * (windowMs + 1_100))
      expect(server.refusals).toBe(0)
      for (const calls of server.windows) {
        expect(calls.length).toBeLessThanOrEqual(limit)
        expect(calls.filter(({ priority }) => priority === 'background').length).toBeLessThanOrEqual(
          backgroundQuotaOf(limit),
        )
      }
      const order = server.admitted.filter((id) => id.startsWith('look')).map((id) => Number(id.slice(5)))
      expect(order).toEqual([...order].sort((a, b) => a - b))
      const seen = new Set(server.served.map(({ id }) => id))
      expect(looks.filter(({ id, left }) => !left && !seen.has(id))).toEqual([])
      expect(waiting).toBe(0)
      expect(budget.backgroundDelayMs).toBe(0)
      expect(vi.getTimerCount()).toBe(0)
    })
    await fc.assert(property, { numRuns: 150 })
  })
})

function leave(look: { leaving: AbortController; left: boolean } | undefined): void {
  if (!look) return
  look.left = true
  look.leaving.abort()
}
