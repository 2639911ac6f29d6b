import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedQueue } from '../../../src/live/delivery/bounded-queue.ts'

describe('a bounded queue', () => {
  it('delivers items in order, and accepts none while it is full', async () => {
    const queue = new BoundedQueue<number>(2, () => {})
    expect([queue.push([1]), queue.push([2]), queue.push([3])]).toEqual([true, true, false])
    expect(await queue.next()).toEqual({ done: false, value: 1 })
    expect(queue.push([4])).toBe(true)
    queue.end()
    expect(await everything(queue)).toEqual([2, 4])
    expect(queue.push([5])).toBe(false)
  })

  it('resolves pending reads', async () => {
    const queue = new BoundedQueue<number>(1, () => {})
    const waiting = [queue.next(), queue.next(), queue.next()]
    queue.push([1, 2])
    queue.end()
    expect(await Promise.all(waiting)).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: undefined },
    ])
  })

  it('throws an error once, after the queued items', async () => {
    const queue = new BoundedQueue<number>(1, () => {})
    queue.push([1])
    queue.end(new Error('revoked'))
    expect(await queue.next()).toEqual({ done: false, value: 1 })
    await expect(queue.next()).rejects.toThrow('revoked')
    expect(await queue.next()).toEqual({ done: true, value: undefined })
  })

  it('delivers the gap for dropped items when it is drained, and then accepts items again', async () => {
    const queue = new BoundedQueue<string>(1, () => {})
    const skipped: string[] = []
    queue.push(['one'])
    queue.dropUntilDrained(() => `without ${skipped}`)
    expect([queue.push(['two']), queue.push(['three'])]).toEqual([false, false])
    skipped.push('two', 'three')
    expect(queue.tryTake()).toEqual({ done: false, value: 'one' })
    expect(queue.push(['four'])).toBe(false)
    skipped.push('four')
    expect(queue.tryTake()).toEqual({ done: false, value: 'without two,three,four' })
    expect(queue.tryTake()).toBeNull()
    expect(queue.push(['five'])).toBe(true)
    queue.end()
    expect(await everything(queue)).toEqual(['five'])
  })

  it('ends after the gap where it ends while dropping', async () => {
    const queue = new BoundedQueue<string>(1, () => {})
    queue.push(['one'])
    queue.dropUntilDrained(() => 'the gap')
    queue.dropUntilDrained(() => 'another')
    queue.end()
    queue.dropUntilDrained(() => 'too late')
    expect(await everything(queue)).toEqual(['one', 'the gap'])
  })

  it('can be closed while a read is pending, and delivers nothing afterwards', async () => {
    const queue = new BoundedQueue<number>(1, () => {})
    const pending = queue.next()
    expect(await queue.return()).toEqual({ done: true, value: undefined })
    expect(await pending).toEqual({ done: true, value: undefined })
    const failed = new BoundedQueue<number>(1, () => {})
    failed.push([1])
    failed.end(new Error('not delivered'))
    failed.dropUntilDrained(() => 0)
    await failed.return()
    expect(await failed.next()).toEqual({ done: true, value: undefined })
  })

  it('never holds more than its limit and one push, keeps the order, and drops nothing without a gap', async () => {
    const action = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 5 }).map((count) => ({ type: 'push', count })) },
      { weight: 3, arbitrary: fc.constant({ type: 'next', count: 0 }) },
      { weight: 3, arbitrary: fc.constant({ type: 'take', count: 0 }) },
      { weight: 1, arbitrary: fc.constantFrom(...['end', 'fail', 'return'].map(typed)) },
    )
    const limits = fc.integer({ min: 1, max: 5 })
    const property = fc.asyncProperty(limits, fc.array(action, { maxLength: 60 }), async (limit, actions) => {
      const feed = new Feed(limit)
      for (const { type, count } of actions) {
        await feed.act(type, count)
        expect(feed.queue.length).toBeLessThanOrEqual(limit + 4)
      }
      feed.queue.end()
      await feed.drain()
      const { received, failures, hasLeft, left } = feed
      // Each item or gap starts where the previous one ended.
      expect(received.map(([first]) => first)).toEqual([0, ...received.map(([, end]) => end)].slice(0, -1))
      expect(received.every(([first, end]) => first < end)).toBe(true)
      if (!hasLeft) expect(received.at(-1)?.[1] ?? 0).toBe(feed.offered)
      expect(failures).toBeLessThanOrEqual(1)
      expect(left).toBe(1)
    })
    await fc.assert(property, { numRuns: 500 })
  })
})

/** The numbers that an item stands for: the first, and the one after the last. */
type Span = readonly [first: number, end: number]

/** A queue that numbers are pushed to, and what is read from it. */
class Feed {
  readonly queue: BoundedQueue<Span>
  readonly received: Span[] = []
  /** How many numbers were pushed before the queue ended. */
  offered = 0
  failures = 0
  left = 0
  hasLeft = false
  readonly #given: Promise<void>[] = []

  constructor(limit: number) {
    this.queue = new BoundedQueue(limit, () => {
      this.left += 1
    })
  }

  async act(type: string, count: number): Promise<void> {
    if (type === 'push' && this.left === 0) this.#push(count)
    if (type === 'next') this.#given.push(this.#note(this.queue.next()))
    if (type === 'take') await this.#take()
    if (type === 'end') this.queue.end()
    if (type === 'fail') this.queue.end(new Error('over'))
    if (type === 'return') {
      this.hasLeft = true
      await this.queue.return()
    }
  }

  /** Takes everything that is left after the end. */
  async drain(): Promise<void> {
    while (this.queue.isReady && (await this.#take())) await Promise.resolve()
    await Promise.all(this.#given)
  }

  #push(count: number): void {
    const first = this.offered
    this.offered += count
    if (this.queue.push(Array.from({ length: count }, (_, index) => [first + index, first + index + 1])))
      return
    this.queue.dropUntilDrained(() => [first, this.offered])
  }

  async #take(): Promise<boolean> {
    // A pending read is resolved first.
    await Promise.resolve()
    try {
      const taken = this.queue.tryTake()
      if (taken && !taken.done) this.received.push(taken.value)
      return taken?.done !== true
    } catch {
      this.failures += 1
      return true
    }
  }

  async #note(next: Promise<IteratorResult<Span>>): Promise<void> {
    try {
      const { done, value } = await next
      if (!done) this.received.push(value)
    } catch {
      this.failures += 1
    }
  }
}

function typed(type: string) {
  return { type, count: 0 }
}

async function everything<T extends NonNullable<unknown>>(queue: BoundedQueue<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of queue) items.push(item)
  return items
}
