import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FairQueue } from '../../../src/upstream/rate-limit/fair-queue.ts'

interface Item {
  readonly line: string
  readonly number: number
}

const queueOf = (items: readonly Item[]) => {
  const queue = new FairQueue<Item>(({ line }) => line)
  for (const item of items) queue.enqueue(item)
  return queue
}

const drain = (queue: FairQueue<Item>): Item[] => {
  const order: Item[] = []
  for (let next = queue.peek(); next; next = queue.peek()) {
    queue.dequeue(next)
    order.push(next)
  }
  return order
}

it('flows take turns, and a flow keeps its order', () => {
  const line = (name: string, count: number) =>
    Array.from({ length: count }, (_, number) => ({ line: name, number }))
  const order = drain(queueOf([...line('a', 4), ...line('b', 1), ...line('c', 2)]))
  expect(order.map(({ line: name, number }) => name + number)).toEqual([
    'a0',
    'b0',
    'c0',
    'a1',
    'c1',
    'a2',
    'a3',
  ])
})

it('whatever the length of the others, the first item of a flow leaves within one turn of each, and none is lost', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 60 })
  fc.assert(
    fc.property(lines, (names) => {
      const items = names.map((line, number) => ({ line, number }))
      const order = drain(queueOf(items))
      expect(new Set(order)).toEqual(new Set(items))
      const kinds = new Set(names)
      for (const name of kinds) {
        expect(order.findIndex(({ line }) => line === name)).toBeLessThan(kinds.size)
        const own = order.filter(({ line }) => line === name).map(({ number }) => number)
        expect(own).toEqual(own.toSorted((a, b) => a - b))
      }
    }),
  )
})

it('deleting an item does not use the turn of its flow', () => {
  const [first, second, other] = [
    { line: 'a', number: 0 },
    { line: 'a', number: 1 },
    { line: 'b', number: 0 },
  ]
  const queue = queueOf([first, second, other])
  expect(queue.delete(first)).toBe(true)
  expect(queue.delete(first)).toBe(false)
  expect(queue.size).toBe(2)
  expect(drain(queue)).toEqual([second, other])
})

it('finds a flow that is longer than the item’s own would be', () => {
  const items = [0, 1, 2].map((number) => ({ line: 'a', number }))
  const queue = queueOf([...items, { line: 'b', number: 0 }])
  expect([...(queue.findLongerFlow({ line: 'c', number: 0 }) ?? [])]).toEqual(items)
  expect([...(queue.findLongerFlow({ line: 'b', number: 1 }) ?? [])]).toEqual(items)
  expect(queue.findLongerFlow({ line: 'a', number: 3 })).toBeNull()
})
