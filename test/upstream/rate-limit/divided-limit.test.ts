import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type {
  LimitDivision,
  PermitLender,
  PublishedLimit,
  PublishedWindowEnd,
} from '../../../src/domain/limit-division.ts'
import { RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import { RateLimitedServer, sendThrough } from './rate-limited-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE_MS = 60_000

/** A division in which this process has the part, and gets the loans, that a test sets. */
class TestDivision implements LimitDivision {
  part = 3
  /** Null where nobody has anything to lend. */
  loan: { count: number; readonly resetAt?: number } | null = null
  lender: PermitLender | null = null
  readonly asked: { readonly window: PublishedWindowEnd; readonly count: number }[] = []
  readonly used: {
    readonly limit: PublishedLimit
    readonly used: number
    readonly untilNextEndMs: number
  }[] = []

  partOf(): number {
    return this.part
  }

  onUsed(limit: PublishedLimit, used: number, untilNextEndMs: number): void {
    this.used.push({ limit, used, untilNextEndMs })
  }

  offer(_rateLimitKey: string, lender: PermitLender): void {
    this.lender = lender
  }

  borrow(window: PublishedWindowEnd, count: number): boolean {
    if (this.loan) this.asked.push({ window, count })
    return this.isLoanExpected()
  }

  isLoanExpected(): boolean {
    return this.loan?.count === 0
  }

  borrowed(_rateLimitKey: string, resetAt: number): number {
    return this.loan && (this.loan.resetAt ?? resetAt) === resetAt ? this.loan.count : 0
  }
}

function open(options: { readonly limit?: number; readonly publishes?: boolean } = {}) {
  const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS, ...options })
  const division = new TestDivision()
  const limiter = new RateLimiter({ maxConcurrentPolls: 8, limitDivision: division })
  const send = (priority: 'interactive' | 'background', times: number) => {
    for (let time = 0; time < times; time += 1)
      void sendThrough(limiter, server, {
        id: `${priority} ${server.admitted.length} ${time}`,
        priority,
      }).catch(() => {})
  }
  const counts = () => server.windows.map((calls) => calls.length)
  return { server, division, limiter, send, counts }
}

describe('a process that has a part of a published limit', () => {
  it('sends no more than the part in a window', async () => {
    const { send, counts } = open()
    send('interactive', 10)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(counts()).toEqual([3])
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    send('interactive', 10)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(counts()).toEqual([3, 3])
  })

  it('keeps the interactive reserve of the part', async () => {
    const { send, counts } = open()
    send('background', 10)
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS - 1_000)
    expect(counts()).toEqual([2, 2, 2])
    send('interactive', 2)
    await vi.advanceTimersByTimeAsync(100)
    expect(counts()).toEqual([2, 2, 3])
  })

  it('sends less if others have used more than their parts', async () => {
    const { server, division, send } = open()
    division.part = 6
    send('interactive', 1)
    await vi.advanceTimersByTimeAsync(100)
    for (let call = 0; call < 6; call += 1) server.respond('theirs', 'interactive')
    send('interactive', 1)
    await vi.advanceTimersByTimeAsync(100)
    send('interactive', 5)
    await vi.advanceTimersByTimeAsync(100)
    expect(server.admitted).toHaveLength(4)
    expect(server.rateLimitedCount).toBe(0)
  })

  it('uses a larger part in the same window, and stops at once when it is smaller', async () => {
    const { division, send, counts } = open()
    send('background', 20)
    await vi.advanceTimersByTimeAsync(55_000)
    expect(counts()).toEqual([2])
    division.part = 10
    await vi.advanceTimersByTimeAsync(4_900)
    expect(counts()[0]).toBeGreaterThan(4)
    await vi.advanceTimersByTimeAsync(15_000)
    division.part = 1
    const sent = counts()[1]
    await vi.advanceTimersByTimeAsync(40_000)
    expect(counts()[1]).toBe(sent)
  })

  it('reports what it has used of each window, and when the next one ends', async () => {
    const { division, send } = open()
    send('interactive', 1)
    await vi.advanceTimersByTimeAsync(100)
    send('interactive', 1)
    await vi.advanceTimersByTimeAsync(100)
    expect(division.used.map(({ used }) => used)).toEqual([1, 2])
    const [, second] = division.used
    expect(second?.limit).toMatchObject({ rateLimitKey: 'route', limit: 10 })
    expect(second?.untilNextEndMs).toBeGreaterThan(1.9 * MINUTE_MS)
    expect(second?.untilNextEndMs).toBeLessThan(2.1 * MINUTE_MS)
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    send('interactive', 1)
    await vi.advanceTimersByTimeAsync(100)
    expect(division.used.at(-1)?.used).toBe(1)
  })
})

describe('a process that has used up its part', () => {
  it('sends interactive requests when another one lends, and polls do not use what it has lent', async () => {
    const { division, send, counts, server } = open()
    division.loan = { count: 0 }
    send('interactive', 3)
    await vi.advanceTimersByTimeAsync(100)
    send('interactive', 2)
    send('background', 5)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(division.asked.map(({ count }) => count)).toEqual([1, 2])
    expect(division.asked[0]?.window).toMatchObject({ rateLimitKey: 'route' })
    expect(counts()).toEqual([3])
    division.loan = { count: 3 }
    await vi.advanceTimersByTimeAsync(200)
    expect(counts()).toEqual([5])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(counts()).toEqual([5])
    expect(server.rateLimitedCount).toBe(0)
  })

  it('refuses them at once where nobody lends, and after two seconds where no loan comes', async () => {
    const { division, send, server, limiter } = open()
    send('interactive', 3)
    await vi.advanceTimersByTimeAsync(100)
    const refusal = async (afterMs: number) => {
      const request = { rateLimitKey: 'route', id: 'late', priority: 'interactive' as const }
      let refused: unknown
      limiter.acquire({ ...request, signal: new AbortController().signal }).catch((error: unknown) => {
        refused = error
      })
      await vi.advanceTimersByTimeAsync(afterMs)
      return refused
    }
    expect(await refusal(0)).toMatchObject({ failure: 'limited' })
    division.loan = { count: 0 }
    expect(await refusal(1_900)).toBeUndefined()
    await vi.advanceTimersByTimeAsync(200)
    division.loan = null
    expect(await refusal(0)).toMatchObject({ failure: 'limited', retryAfterMs: expect.any(Number) })
    expect(division.asked).toHaveLength(1)
    expect(server.served).toHaveLength(3)
  })

  it('does not use a loan of another window', async () => {
    const { division, send, counts } = open()
    send('interactive', 3)
    await vi.advanceTimersByTimeAsync(100)
    division.loan = { count: 2, resetAt: 1 }
    send('interactive', 1)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(counts()).toEqual([3])
  })
})

describe('a process that others ask for requests', () => {
  const resetOf = (windowMs = MINUTE_MS) => 1_700_000_000_123 + 20 + windowMs

  it('counts what it lends as used until the window has ended', async () => {
    const { division, send, counts } = open()
    send('interactive', 1)
    await vi.advanceTimersByTimeAsync(100)
    expect(division.lender?.sparePermits()).toBe(2)
    expect(division.lender?.lend(5, resetOf())).toMatchObject({ count: 2 })
    expect(division.lender?.sparePermits()).toBe(0)
    send('interactive', 2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(counts()).toEqual([1])
    await vi.advanceTimersByTimeAsync(55_000)
    send('interactive', 3)
    await vi.advanceTimersByTimeAsync(100)
    expect(counts()).toEqual([1, 3])
  })

  it('lends in a window of which it has seen nothing, and counts that there', async () => {
    const { division, send, server, counts } = open()
    send('interactive', 1)
    await vi.advanceTimersByTimeAsync(MINUTE_MS + 1_000)
    server.respond('theirs', 'interactive')
    expect(division.lender?.lend(2, Date.now() + MINUTE_MS)).toMatchObject({ count: 2 })
    send('interactive', 3)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(counts()).toEqual([1, 2])
  })

  it('keeps what its polls need, and lends nothing of a window that is over', async () => {
    const { division, send } = open()
    send('background', 1)
    await vi.advanceTimersByTimeAsync(100)
    expect(division.lender?.sparePermits()).toBe(1)
    expect(division.lender?.lend(1, resetOf() - MINUTE_MS)).toBeNull()
    expect(division.lender?.lend(3, resetOf())).toMatchObject({ count: 1 })
  })
})

it('a limit that is not published is not divided', async () => {
  const { division, send, server } = open({ limit: 1_000, publishes: false })
  send('interactive', 20)
  send('background', 20)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(server.served).toHaveLength(40)
  expect(division.used).toEqual([])
})
