import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Caller } from '../../../src/domain/caller.ts'
import { openProcesses, POLL_MS, pass } from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a room that several processes watch', () => {
  it('costs no read for a credential that the process that reads has used', async () => {
    const { room, open, subscribe } = openProcesses()
    await subscribe(open())
    const follower = open()
    await subscribe(follower)
    await pass(POLL_MS)
    const { length } = room.reads
    await pass(200 * POLL_MS)
    expect(room.reads.length - length).toBeLessThanOrEqual(201)
    expect(follower.hub.getRoomLiveState(room.adapter, 'room', 'OPERATOR').source).toBe('POLL')
  })

  it('is verified for a credential that only a process that follows has', async () => {
    const { room, open, subscribe } = openProcesses()
    const anne: Caller = { role: 'VISITOR', token: 'anne' }
    await subscribe(open())
    const events = await subscribe(open(), undefined, undefined, anne)
    await pass(70 * POLL_MS)
    room.revoked.add('anne')
    await pass(70 * POLL_MS)
    await expect(events.next()).rejects.toThrow('No such room.')
  })
})
