import { describe, expect, it } from 'vitest'
import { ActivityFeeds } from '../../../src/live/delivery/activity-feeds.ts'
import { ConflatingQueue } from '../../../src/live/delivery/conflating-queue.ts'

describe('a conflating queue', () => {
  it('delivers the latest value of each key, in the order in which the keys arrived', async () => {
    const latest = new ConflatingQueue<string>(() => {})
    for (const [key, value] of [
      ['a', 'a1'],
      ['b', 'b1'],
      ['a', 'a2'],
    ] as const)
      latest.put(key, value)
    expect(latest.length).toBe(2)
    expect((await latest.next()).value).toBe('a2')
    latest.put('a', 'a3')
    expect((await latest.next()).value).toBe('b1')
    expect((await latest.next()).value).toBe('a3')
  })

  it('delivers the queued values before the end, and its error once', async () => {
    let left = 0
    const latest = new ConflatingQueue<string>(() => {
      left += 1
    })
    latest.put('a', 'a1')
    latest.end(new Error('too much'))
    latest.end()
    expect((await latest.next()).value).toBe('a1')
    await expect(latest.next()).rejects.toThrow('too much')
    expect(await latest.next()).toEqual({ done: true, value: undefined })
    expect(left).toBe(1)
  })

  it('delivers nothing after it is closed, and ends a pending read', async () => {
    const latest = new ConflatingQueue<string>(() => {})
    const pending = latest.next()
    await latest.return()
    latest.put('a', 'a1')
    expect((await pending).done).toBe(true)
    expect((await latest.next()).done).toBe(true)
  })
})

describe('an activity feed', () => {
  const rooms = (count: number) =>
    Array.from({ length: count }, (_, number) => ({ roomId: `room ${number}`, room: null }))

  it('ends with an error after the rooms of incomplete activity', async () => {
    const feeds = new ActivityFeeds()
    const feed = feeds.open(new Set(['one']), () => {})
    const other = feeds.open(new Set(['other']), () => {})
    feeds.publish('one', { rooms: rooms(1), isComplete: false })
    expect((await feed.next()).value).toMatchObject({ provider: 'one', roomId: 'room 0' })
    await expect(feed.next()).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(other.length).toBe(0)
    expect([feeds.hasSubscribers('one'), feeds.hasSubscribers('other')]).toEqual([false, true])
  })

  it('ends where more rooms are queued than allowed', async () => {
    const feeds = new ActivityFeeds()
    const feed = feeds.open(new Set(['one']), () => {})
    feeds.publish('one', { rooms: rooms(2_000), isComplete: true })
    expect(feeds.hasSubscribers('one')).toBe(true)
    feeds.publish('one', { rooms: [{ roomId: 'one more', room: null }], isComplete: true })
    expect(feeds.hasSubscribers('one')).toBe(false)
    for (let taken = 0; taken < 2_001; taken += 1) expect((await feed.next()).done).toBe(false)
    await expect(feed.next()).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
