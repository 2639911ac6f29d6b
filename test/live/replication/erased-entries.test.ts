import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextRoom, openAccountProcesses } from './account-processes.ts'
import { describeEvent, openProcesses, POLL_MS, pass, take, written } from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('entries that were erased before a process that follows has received them', () => {
  it.each(['newest', 'between'])('do not lose it an event of a room (%s)', async (erased) => {
    const { log, room, open, subscribe } = openProcesses()
    const holder = open()
    await subscribe(holder)
    const events = await subscribe(open())
    await pass(2 * POLL_MS)
    log.readMs = POLL_MS / 10
    room.putMessages(written('a'))
    // The notice has arrived, and the read has begun.
    while (log.entryCount === 0) await pass(1)
    holder.hub.saveSnapshot(log.names[0] ?? '')
    await pass(1)
    log.eraseEntries()
    await pass(POLL_MS / 2)
    if (erased === 'between') room.putMessages(written('b'))
    await pass(3 * POLL_MS)
    const expected = erased === 'between' ? ['a', 'b'] : ['a']
    const received = await take(events, expected.length)
    expect(received.map(describeEvent)).toEqual(expected.map((id) => `MessageAdded ${id}`))
  })

  it('make it report that any room of an account may have had activity', async () => {
    const { log, account, open } = openAccountProcesses()
    await account.watch(open())
    const feed = await account.watch(open())
    await pass(2 * POLL_MS)
    log.readMs = POLL_MS / 10
    account.active.push('a')
    while (log.entryCount === 0) await pass(1)
    log.eraseEntries()
    await pass(2 * POLL_MS)
    await expect(nextRoom(feed)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
