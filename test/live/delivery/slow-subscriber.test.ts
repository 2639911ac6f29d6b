import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import { Subscriber } from '../../../src/live/delivery/subscriber.ts'
import { edited, message } from '../message-builders.ts'

const QUEUE = 256
const HALF_A_MINUTE_MS = 30_000
const NOON = Date.parse('2026-01-01T12:00:00Z')

describe('a watcher that reads slowly', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOON }))
  afterEach(() => void vi.useRealTimers())

  it('loses nothing without a gap in its place, whatever comes and whenever it reads', () => {
    const step = fc.record({
      offered: fc.integer({ min: 0, max: 200 }),
      taken: fc.integer({ min: 0, max: 400 }),
    })
    const property = fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      const { watcher, offer, left, count } = watch()
      const wrong: RoomEvent[] = []
      let place = 0
      const read = (most: number) => {
        for (const event of take(watcher, most)) {
          const { cursor, change } = event
          const isRight =
            change.type === 'Gap'
              ? Number(cursor) === place && count() > place && (change.to === null) === left()
              : Number(cursor) === place + 1
          if (!isRight) wrong.push(event)
          // Behind a gap comes what is offered when it has been taken.
          place = change.type === 'Gap' ? count() : Number(cursor)
        }
      }
      for (const { offered, taken } of steps) {
        if (!left()) offer(offered)
        expect(watcher.events.length).toBeLessThan(QUEUE + 200)
        read(taken)
      }
      watcher.events.end()
      read(Number.POSITIVE_INFINITY)
      expect(wrong).toEqual([])
      expect(place).toBe(count())
    })
    fc.assert(property)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is given the gap with the span from its last event until it caught up', () => {
    const { watcher, offer } = watch()
    offer(QUEUE)
    vi.setSystemTime(NOON + 1_000)
    offer(2)
    vi.setSystemTime(NOON + 5_000)
    const gap = take(watcher, QUEUE + 1).at(-1)
    expect(gap).toMatchObject({
      cursor: String(QUEUE),
      change: { reason: 'SLOW_CONSUMER', from: new Date(NOON), to: new Date(NOON + 5_000) },
    })
    offer(1)
    expect(take(watcher, 2)).toMatchObject([{ cursor: String(QUEUE + 3) }])
  })

  it('is given a span that holds what was skipped where the provider’s clock is another', () => {
    const { watcher, offer } = watch()
    offer(QUEUE)
    const early = message('early', NOON - 60_000)
    const late = edited(message('old', NOON - 600_000), NOON + 60_000)
    watcher.enqueue([
      { ...event(1_000), change: { type: 'MessageAdded', message: early } },
      { ...event(1_001), change: { type: 'MessageUpdated', message: late } },
    ])
    expect(take(watcher, QUEUE + 1).at(-1)?.change).toMatchObject({
      from: new Date(NOON - 60_000),
      to: new Date(NOON + 60_000),
    })
  })

  it('is over behind the gap when it has not caught up for half a minute', () => {
    const { watcher, offer, left } = watch()
    offer(QUEUE)
    offer(1)
    vi.advanceTimersByTime(HALF_A_MINUTE_MS - 1)
    expect(left()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(left()).toBe(true)
    offer(1)
    expect(take(watcher, QUEUE + 2).at(-1)).toMatchObject({
      cursor: String(QUEUE),
      change: { type: 'Gap', reason: 'SLOW_CONSUMER', to: null },
    })
    expect(watcher.events.tryTake()).toEqual({ done: true, value: undefined })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('has its time anew each time it falls behind', () => {
    const { watcher, offer, left } = watch()
    for (let round = 0; round < 3; round += 1) {
      offer(QUEUE)
      offer(1)
      vi.advanceTimersByTime(HALF_A_MINUTE_MS - 1)
      take(watcher, QUEUE + 1)
    }
    vi.advanceTimersByTime(HALF_A_MINUTE_MS)
    expect(left()).toBe(false)
  })

  it('is not cut off for one burst, however long, that finds no room', () => {
    const { watcher, offer, left } = watch()
    offer(QUEUE)
    offer(10 * QUEUE)
    expect(left()).toBe(false)
    offer(1)
    expect(left()).toBe(true)
    expect(take(watcher, Number.POSITIVE_INFINITY)).toHaveLength(QUEUE + 1)
  })

  it('is cut off when as much as it may hold has passed it by, and more comes', () => {
    const { offer, left } = watch()
    offer(QUEUE)
    offer(QUEUE)
    expect(left()).toBe(false)
    offer(1)
    expect(left()).toBe(true)
  })

  it('keeps no time when it has left', async () => {
    const { watcher, offer } = watch()
    offer(QUEUE)
    offer(1)
    await watcher.events.return()
    offer(1)
    expect(vi.getTimerCount()).toBe(0)
    expect(take(watcher, 1)).toEqual([])
  })
})

/** A watcher, and events numbered from 1 by their cursors, which are offered to it in bursts. */
function watch() {
  let count = 0
  let hasLeft = false
  const caller = createOperatorCaller('tester')
  const watcher = new Subscriber(
    { caller, start: { since: new Date() }, isWanted: () => true, wantsRoomState: false },
    () => {
      hasLeft = true
    },
  )
  return {
    watcher,
    left: () => hasLeft,
    count: () => count,
    offer: (howMany: number) => watcher.enqueue(Array.from({ length: howMany }, () => event(++count))),
  }
}

function event(cursor: number): RoomEvent {
  const change = { type: 'RoomUpdated' } as const
  return { provider: 'rocketchat', roomId: 'room', cursor: String(cursor), change, room: null }
}

/** As many events as are there, at most `most`. */
function take({ events }: Subscriber, most: number): readonly RoomEvent[] {
  const taken: RoomEvent[] = []
  while (taken.length < most) {
    const next = events.tryTake()
    if (next === null || next.done) break
    taken.push(next.value)
  }
  return taken
}
