import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { message } from '../message-builders.ts'
import { describeEvent, openProcesses, POLL_MS, pass, take, written } from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a room that several processes watch, while the database is away', () => {
  it('is polled by every process while the database is away, and by one of them afterwards', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const events = await Promise.all([subscribe(open()), subscribe(open())])
    await pass(POLL_MS)
    log.isAway = true
    await pass(POLL_MS)
    room.putMessages(written('a'))
    await pass(2 * POLL_MS)
    for (const stream of events) {
      expect((await take(stream, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
    }
    log.isAway = false
    await pass(2 * POLL_MS)
    const { length } = room.reads
    room.putMessages(written('b'))
    await pass(10 * POLL_MS)
    expect(room.reads.length - length).toBeLessThanOrEqual(11)
    for (const stream of events) {
      expect((await take(stream, 1)).map(describeEvent)).toEqual(['MessageAdded b'])
    }
  })

  it('is polled while the database is away, where a webhook brings a message: others may have gone elsewhere', async () => {
    const { log, room, open, subscribe } = openProcesses({ activeMs: 60_000, idleMs: 60_000 })
    const [first, second] = [open(), open()]
    await subscribe(first)
    const events = await subscribe(second)
    await pass(POLL_MS)
    log.isAway = true
    await pass(POLL_MS)
    room.putMessages(message('a', Date.now()), message('b', Date.now() + 1))
    second.hub.applyChanges(
      'fake',
      'room',
      [{ type: 'Message', message: message('b', Date.now() + 1) }],
      null,
    )
    await pass(POLL_MS)
    expect((await take(events, 2)).map(describeEvent)).toEqual(['MessageAdded a', 'MessageAdded b'])
  })
})
