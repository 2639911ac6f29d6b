import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedQueue } from '../../src/live/bounded-queue.ts'

describe('a bounded queue', () => {
  it('gives what was pushed, in order, and takes no more while it is full', async () => {
    const queue = new BoundedQueue<number>(2, () => {})
    expect([queue.push([1]), queue.push([2]), queue.push([3])]).toEqual([true, true, false])
    expect(await queue.next()).toEqual({ done: false, value: 1 })
    expect(queue.push([4])).toBe(true)
    queue.end()
    expect(await everything(queue)).toEqual([2, 4])
    expect(queue.push([5])).toBe(false)
  })

  it('gives what comes to who already waits', async () => {
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

  it('tells an error once, behind what is queued', async () => {
    const queue = new BoundedQueue<number>(1, () => {})
    queue.push([1])
    queue.end(new Error('revoked'))
    expect(await queue.next()).toEqual({ done: false, value: 1 })
    await expect(queue.next()).rejects.toThrow('revoked')
    expect(await queue.next()).toEqual({ done: true, value: undefined })
  })

  it('has room for one last item', async () => {
    const queue = new BoundedQueue<string>(1, () => {})
    queue.push(['one'])
    queue.endWith('the gap')
    queue.endWith('another')
    expect(await everything(queue)).toEqual(['one', 'the gap'])
    const waited = new BoundedQueue<string>(1, () => {})
    const next = waited.next()
    waited.endWith('the gap')
    expect(await next).toEqual({ done: false, value: 'the gap' })
  })

  it('can be left while a next is pending, and tells nothing afterwards', async () => {
    const queue = new BoundedQueue<number>(1, () => {})
    const pending = queue.next()
    expect(await queue.return()).toEqual({ done: true, value: undefined })
    expect(await pending).toEqual({ done: true, value: undefined })
    const failed = new BoundedQueue<number>(1, () => {})
    failed.push([1])
    failed.end(new Error('nobody is there to hear it'))
    await failed.return()
    expect(await failed.next()).toEqual({ done: true, value: undefined })
  })

  it('never holds more than its bound and one push, loses nothing it took, and is left once', async () => {
    const action = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }).map((count) => ({ type: 'push', count })) },
      { weight: 6, arbitrary: fc.constant({ type: 'next', count: 0 }) },
      { weight: 1, arbitrary: fc.constantFrom(...['end', 'fail', 'last', 'return'].map(typed)) },
    )
    const property = fc.asyncProperty(fc.nat(5), fc.array(action), async (limit, actions) => {
      let left = 0
      let number = 0
      let returned = false
      const taken: number[] = []
      const given: Promise<IteratorResult<number>>[] = []
      const queue = new BoundedQueue<number>(limit, () => {
        left += 1
      })
      for (const { type, count } of actions) {
        if (type === 'push') {
          const items = Array.from({ length: count }, () => number++)
          if (queue.push(items)) taken.push(...items)
        }
        if (type === 'next') given.push(queue.next())
        if (type === 'end') queue.end()
        if (type === 'fail') queue.end(new Error('over'))
        if (type === 'last') queue.endWith(-1)
        if (type === 'return') {
          await queue.return()
          returned = true
        }
        expect(queue.length).toBeLessThanOrEqual(limit + 5)
      }
      await queue.return()
      const results = await Promise.allSettled(given)
      const values = results.flatMap((result) =>
        result.status === 'fulfilled' && !result.value.done ? [result.value.value] : [],
      )
      const numbers = values.filter((value) => value >= 0)
      expect(numbers).toEqual(taken.slice(0, numbers.length))
      if (!returned && values.length < given.length) expect(numbers).toEqual(taken)
      expect(results.filter(({ status }) => status === 'rejected').length).toBeLessThanOrEqual(1)
      expect(left).toBe(1)
    })
    await fc.assert(property)
  })
})

function typed(type: string) {
  return { type, count: 0 }
}

async function everything<T extends NonNullable<unknown>>(queue: BoundedQueue<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of queue) items.push(item)
  return items
}
