import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import { Subscriber } from '../../../src/live/delivery/subscriber.ts'
import { edited, message } from '../message-builders.ts'

const QUEUE = 256
const HALF_A_MINUTE_MS = 30_000
const NOON = Date.parse('2026-01-01T12:00:00Z')

describe('a slow subscriber', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOON }))
  afterEach(() => void vi.useRealTimers())

  it('loses nothing without a gap in its place, whatever happens and whenever it reads', () => {
    const step = fc.record({
      enqueued: fc.integer({ min: 0, max: 200 }),
      taken: fc.integer({ min: 0, max: 400 }),
    })
    const property = fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      const { subscriber, enqueue, hasLeft, count } = createSubscriber()
      const unexpected: RoomEvent[] = []
      let lastReceived = 0
      const read = (most: number) => {
        for (const event of take(subscriber, most)) {
          const { cursor, change } = event
          const isExpected =
            change.type === 'Gap'
              ? Number(cursor) === lastReceived &&
                count() > lastReceived &&
                (change.to === null) === hasLeft()
              : Number(cursor) === lastReceived + 1
          if (!isExpected) unexpected.push(event)
          // After a gap comes what is enqueued when it has been taken.
          lastReceived = change.type === 'Gap' ? count() : Number(cursor)
        }
      }
      for (const { enqueued, taken } of steps) {
        if (!hasLeft()) enqueue(enqueued)
        expect(subscriber.events.length).toBeLessThan(QUEUE + 200)
        read(taken)
      }
      subscriber.events.end()
      read(Number.POSITIVE_INFINITY)
      expect(unexpected).toEqual([])
      expect(lastReceived).toBe(count())
    })
    fc.assert(property)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('receives a gap from its last event until it has drained its queue', () => {
    const { subscriber, enqueue } = createSubscriber()
    enqueue(QUEUE)
    vi.setSystemTime(NOON + 1_000)
    enqueue(2)
    vi.setSystemTime(NOON + 5_000)
    const gap = take(subscriber, QUEUE + 1).at(-1)
    expect(gap).toMatchObject({
      cursor: String(QUEUE),
      change: { reason: 'SLOW_CONSUMER', from: new Date(NOON), to: new Date(NOON + 5_000) },
    })
    enqueue(1)
    expect(take(subscriber, 2)).toMatchObject([{ cursor: String(QUEUE + 3) }])
  })

  it('receives a gap that includes the dropped events where the provider’s clock differs', () => {
    const { subscriber, enqueue } = createSubscriber()
    enqueue(QUEUE)
    const early = message('early', NOON - 60_000)
    const late = edited(message('old', NOON - 600_000), NOON + 60_000)
    subscriber.enqueue([
      { ...event(1_000), change: { type: 'MessageAdded', message: early } },
      { ...event(1_001), change: { type: 'MessageUpdated', message: late } },
    ])
    expect(take(subscriber, QUEUE + 1).at(-1)?.change).toMatchObject({
      from: new Date(NOON - 60_000),
      to: new Date(NOON + 60_000),
    })
  })

  it('ends after the gap where it has not drained its queue within half a minute', () => {
    const { subscriber, enqueue, hasLeft } = createSubscriber()
    enqueue(QUEUE)
    enqueue(1)
    vi.advanceTimersByTime(HALF_A_MINUTE_MS - 1)
    expect(hasLeft()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(hasLeft()).toBe(true)
    enqueue(1)
    expect(take(subscriber, QUEUE + 2).at(-1)).toMatchObject({
      cursor: String(QUEUE),
      change: { type: 'Gap', reason: 'SLOW_CONSUMER', to: null },
    })
    expect(subscriber.events.tryTake()).toEqual({ done: true, value: undefined })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('gets the full time each time its queue overflows', () => {
    const { subscriber, enqueue, hasLeft } = createSubscriber()
    for (let round = 0; round < 3; round += 1) {
      enqueue(QUEUE)
      enqueue(1)
      vi.advanceTimersByTime(HALF_A_MINUTE_MS - 1)
      take(subscriber, QUEUE + 1)
    }
    vi.advanceTimersByTime(HALF_A_MINUTE_MS)
    expect(hasLeft()).toBe(false)
  })

  it('is not ended by a single burst, however long, that does not fit', () => {
    const { subscriber, enqueue, hasLeft } = createSubscriber()
    enqueue(QUEUE)
    enqueue(10 * QUEUE)
    expect(hasLeft()).toBe(false)
    enqueue(1)
    expect(hasLeft()).toBe(true)
    expect(take(subscriber, Number.POSITIVE_INFINITY)).toHaveLength(QUEUE + 1)
  })

  it('is ended when more events come after a queue’s worth of dropped ones', () => {
    const { enqueue, hasLeft } = createSubscriber()
    enqueue(QUEUE)
    enqueue(QUEUE)
    expect(hasLeft()).toBe(false)
    enqueue(1)
    expect(hasLeft()).toBe(true)
  })

  it('keeps no timer after it has left', async () => {
    const { subscriber, enqueue } = createSubscriber()
    enqueue(QUEUE)
    enqueue(1)
    await subscriber.events.return()
    enqueue(1)
    expect(vi.getTimerCount()).toBe(0)
    expect(take(subscriber, 1)).toEqual([])
  })
})

/** A subscriber, and events numbered from 1 by their cursors, which are enqueued in bursts. */
function createSubscriber() {
  let count = 0
  let hasLeft = false
  const caller = createOperatorCaller('tester')
  const subscriber = new Subscriber(
    { caller, start: { since: new Date() }, isWanted: () => true, wantsRoomState: false },
    () => {
      hasLeft = true
    },
  )
  return {
    subscriber,
    hasLeft: () => hasLeft,
    count: () => count,
    enqueue: (howMany: number) => subscriber.enqueue(Array.from({ length: howMany }, () => event(++count))),
  }
}

function event(cursor: number): RoomEvent {
  const change = { type: 'RoomUpdated' } as const
  return { provider: 'rocketchat', roomId: 'room', cursor: String(cursor), change, room: null }
}

/** Takes the queued events, at most `most`. */
function take({ events }: Subscriber, most: number): readonly RoomEvent[] {
  const taken: RoomEvent[] = []
  while (taken.length < most) {
    const next = events.tryTake()
    if (next === null || next.done) break
    taken.push(next.value)
  }
  return taken
}
