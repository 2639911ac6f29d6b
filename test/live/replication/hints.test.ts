import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { describeEvent, openProcesses, POLL_MS, pass, take, written } from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a hint to a room that several processes watch', () => {
  it('is polled when a hint reaches a process that follows, or one that does not watch it', async () => {
    const { room, open, subscribe } = openProcesses({ activeMs: 60_000, idleMs: 60_000 })
    const [first, second, third] = [open(), open(), open()]
    const events = await subscribe(first)
    await subscribe(second)
    await pass(POLL_MS)
    room.putMessages(written('a'))
    second.hub.requestPoll('fake', 'room')
    await pass(POLL_MS)
    room.putMessages(written('b'))
    third.hub.requestPoll('fake', 'room')
    await pass(POLL_MS)
    expect((await take(events, 2)).map(describeEvent)).toEqual(['MessageAdded a', 'MessageAdded b'])
  })

  it('that was lost makes the one that reads poll when notices are received again', async () => {
    const { log, room, open, subscribe } = openProcesses({ activeMs: 60_000, idleMs: 60_000 })
    const [first, second] = [open(), open()]
    const events = await subscribe(first)
    await pass(POLL_MS)
    log.losesNotices = true
    room.putMessages(written('a'))
    second.hub.requestPoll('fake', 'room')
    await pass(POLL_MS)
    log.resumeNotices()
    await pass(6 * POLL_MS)
    expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
  })

  it('delivers what a webhook contains wherever it arrives, without a read', async () => {
    const { room, open, subscribe } = openProcesses({ activeMs: 60_000, idleMs: 60_000 })
    const [first, second, third] = [open(), open(), open()]
    const events = await Promise.all([subscribe(first), subscribe(second)])
    await pass(POLL_MS)
    const { length } = room.reads
    third.hub.applyChanges('fake', 'room', [{ type: 'Message', message: written('a') }], null)
    await pass(POLL_MS)
    for (const stream of events)
      expect((await take(stream, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
    expect(room.reads).toHaveLength(length)
  })
})
