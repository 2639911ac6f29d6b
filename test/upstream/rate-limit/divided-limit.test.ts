import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LimitDivision, PublishedLimit } from '../../../src/domain/limit-division.ts'
import { RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import { RateLimitedServer, sendThrough } from './rate-limited-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE_MS = 60_000

/** A division in which this process has the part that a test sets. */
class TestDivision implements LimitDivision {
  part = 3
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

it('a limit that is not published is not divided', async () => {
  const { division, send, server } = open({ limit: 1_000, publishes: false })
  send('interactive', 20)
  send('background', 20)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(server.served).toHaveLength(40)
  expect(division.used).toEqual([])
})
