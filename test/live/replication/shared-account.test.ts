import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextRoom, openAccountProcesses } from './account-processes.ts'
import { POLL_MS, pass } from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an account that several processes watch', () => {
  it('is polled by one of them, and all receive the rooms with activity', async () => {
    const { account, open } = openAccountProcesses()
    const feeds = await Promise.all([account.watch(open()), account.watch(open())])
    await pass(10 * POLL_MS)
    expect(account.polls).toBeLessThanOrEqual(12)
    account.active.push('a', 'b')
    await pass(2 * POLL_MS)
    for (const feed of feeds) expect([await nextRoom(feed), await nextRoom(feed)]).toEqual(['a', 'b'])
  })

  it('is polled by another one from where the one that has died had come to', async () => {
    const { log, account, open } = openAccountProcesses()
    const first = open()
    await account.watch(first)
    const feed = await account.watch(open())
    await pass(2 * POLL_MS)
    account.active.push('a')
    await pass(2 * POLL_MS)
    log.alive.delete(first.worker.id)
    account.active.push('b')
    await pass(3 * POLL_MS)
    expect([await nextRoom(feed), await nextRoom(feed)]).toEqual(['a', 'b'])
  })

  it('is polled when notices are received again, since a hint may have been lost', async () => {
    const { log, account, open } = openAccountProcesses({ activeMs: 60_000, idleMs: 60_000 })
    const feed = await account.watch(open())
    const second = open()
    await account.watch(second)
    await pass(2 * POLL_MS)
    log.losesNotices = true
    account.active.push('a')
    second.hub.requestPoll('fake', 'a')
    await pass(POLL_MS)
    log.resumeNotices()
    await pass(2 * POLL_MS)
    expect(await nextRoom(feed)).toBe('a')
  })

  it('is polled at once when a hint reaches a process that follows', async () => {
    const { account, open } = openAccountProcesses({ activeMs: 60_000, idleMs: 60_000 })
    const feed = await account.watch(open())
    const second = open()
    await account.watch(second)
    await pass(2 * POLL_MS)
    account.active.push('a')
    second.hub.requestPoll('fake', 'a')
    await pass(2 * POLL_MS)
    expect(await nextRoom(feed)).toBe('a')
  })
})
