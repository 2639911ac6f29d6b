import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeCursor } from '../../../src/cursor/cursor.ts'
import type { Caller } from '../../../src/domain/caller.ts'
import { message } from '../message-builders.ts'
import {
  describeEvent,
  logPositionOf,
  openProcesses,
  POLL_MS,
  pass,
  resumeAfter,
  take,
  written,
} from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a room that several processes watch', () => {
  it('is polled by one of them, and all deliver the same events with the same cursors', async () => {
    const { room, open, subscribe } = openProcesses()
    const events = await Promise.all([subscribe(open()), subscribe(open()), subscribe(open())])
    await pass(10 * POLL_MS)
    const joins = room.reads.length
    await pass(10 * POLL_MS)
    expect(room.reads.length - joins).toBeLessThanOrEqual(11)
    room.putMessages(written('a'), message('b', Date.now() + 1))
    await pass(2 * POLL_MS)
    const [first, ...others] = await Promise.all(events.map((stream) => take(stream, 2)))
    expect(first?.map(describeEvent)).toEqual(['MessageAdded a', 'MessageAdded b'])
    for (const other of others) expect(other).toEqual(first)
  })

  it('resumes exactly at every process, also after what left no trace', async () => {
    const { room, open, subscribe } = openProcesses()
    const [one, other] = [open(), open()]
    const events = await subscribe(one)
    await subscribe(other)
    await pass(POLL_MS)
    room.putMessages(written('a'), message('b', Date.now() + 1))
    await pass(2 * POLL_MS)
    const [a] = await take(events, 2)
    room.messages.delete('a')
    room.putMessages(written('c'))
    await pass(3 * POLL_MS)
    const resumed = await subscribe(other, resumeAfter(a))
    expect((await take(resumed, 3)).map(describeEvent)).toEqual([
      'MessageAdded b',
      'MessageDeleted a',
      'MessageAdded c',
    ])
  })

  it('resumes exactly at a process that comes later, and after its events', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const events = await subscribe(open())
    await pass(POLL_MS)
    room.putMessages(written('a'), message('b', Date.now() + 1), message('c', Date.now() + 2))
    await pass(2 * POLL_MS)
    const [a] = await take(events, 3)
    log.alive.clear()
    const [b] = await take(await subscribe(open(), resumeAfter(a)), 1)
    const [c] = await take(await subscribe(open(), resumeAfter(b)), 1)
    expect([b, c].map((event) => event && describeEvent(event))).toEqual(['MessageAdded b', 'MessageAdded c'])
    expect([a, b, c].map((event) => logPositionOf(event)?.sequence)).toEqual([1, 2, 3])
  })

  it('starts a subscriber whose read shows more than the log, and repeats nothing of it', async () => {
    const { room, open, subscribe } = openProcesses({ activeMs: 5_000, idleMs: 5_000 })
    const [first, second] = [open(), open()]
    await subscribe(first)
    await pass(POLL_MS)
    room.putMessages(written('a'))
    const events = await subscribe(second, { since: new Date(Date.now() - POLL_MS) })
    await pass(POLL_MS)
    expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
    await pass(6_000)
    room.putMessages(written('b'))
    await pass(6_000)
    expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded b'])
  })
})

describe('a subscriber whose cursor is ahead of the log', () => {
  it('starts within five seconds, although the database is slow', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const events = await subscribe(open())
    const follower = open()
    await subscribe(follower)
    await pass(POLL_MS)
    room.putMessages(written('a'))
    await pass(2 * POLL_MS)
    const [a] = await take(events, 1)
    const cursor = a && decodeCursor(a.cursor)
    if (!cursor?.logPosition) throw new Error('no position')
    const { epoch, sequence } = cursor.logPosition
    log.readMs = 1_000
    const start = { after: { ...cursor, logPosition: { epoch, sequence: sequence + 100 } } }
    const from = Date.now()
    await passUntil(subscribe(follower, start, undefined, { role: 'VISITOR', token: 'anne' }))
    expect(Date.now() - from).toBeLessThan(5_000)
  })

  it('asks the database a few times only, together with all others whose callers were reported', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const [stopping, holder, follower] = [open(), open(), open()]
    const events = await subscribe(stopping)
    await subscribe(holder)
    await pass(POLL_MS)
    room.putMessages(written('a'))
    await pass(2 * POLL_MS)
    const [a] = await take(events, 1)
    const cursor = a && decodeCursor(a.cursor)
    if (!cursor?.logPosition) throw new Error('no position')
    const { epoch, sequence } = cursor.logPosition
    await stopping.hub.handOver()
    await pass(POLL_MS)
    log.queries = 0
    const start = { after: { ...cursor, logPosition: { epoch, sequence: sequence + 100 } } }
    await passUntil(Promise.all(Array.from({ length: 20 }, () => subscribe(follower, start))))
    expect(log.queries).toBeGreaterThan(0)
    expect(log.queries).toBeLessThan(30)
  })

  it('resumes exactly although what another process has delivered is stored seconds later', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const [one, other] = [open(), open()]
    const events = await subscribe(one)
    await subscribe(other)
    await pass(POLL_MS)
    room.putMessages(written('a'), message('b', Date.now() + 1))
    await pass(2 * POLL_MS)
    await take(events, 2)
    log.appendMs = 2_500
    room.messages.delete('a')
    room.putMessages(written('c'))
    // Intervals vary by a tenth.
    await pass(1.2 * POLL_MS)
    const [deleted, c] = await take(events, 2)
    const anne: Caller = { role: 'VISITOR', token: 'anne' }
    const resumed = await passUntil(subscribe(other, resumeAfter(deleted), undefined, anne))
    expect(await take(resumed, 1)).toEqual([c])
  })
})

/** Lets time pass until something has happened that also takes real time. */
async function passUntil<T>(happened: Promise<T>): Promise<T> {
  let isPending = true
  const settled = happened.finally(() => {
    isPending = false
  })
  while (isPending) {
    await pass(100)
    await sleep(5)
  }
  return settled
}
