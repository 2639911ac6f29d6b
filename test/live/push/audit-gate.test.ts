import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AuditGate } from '../../../src/live/push/audit-gate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A gate with rooms that note when they are admitted. */
function open() {
  const gate = new AuditGate()
  const admitted: string[] = []
  const rooms = new Map<string, object>()
  const roomOf = (name: string) => {
    const room = rooms.get(name) ?? {}
    rooms.set(name, room)
    return room
  }
  return {
    admitted,
    request: (...names: string[]) => {
      for (const name of names) gate.request(roomOf(name), () => admitted.push(name))
    },
    release: (name: string) => gate.release(roomOf(name)),
  }
}

describe('the gate of audits', () => {
  it('lets four through at a time, in the order of their requests', () => {
    const { admitted, request, release } = open()
    request('a', 'b', 'c', 'd', 'e', 'f', 'a')
    expect(admitted).toEqual(['a', 'b', 'c', 'd'])
    release('c')
    expect(admitted).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('forgets a room that no longer waits', () => {
    const { admitted, request, release } = open()
    request('a', 'b', 'c', 'd', 'e', 'f')
    release('e')
    release('a')
    expect(admitted).toEqual(['a', 'b', 'c', 'd', 'f'])
  })

  it('pauses twice as long as an audit had to wait for the rate limit', async () => {
    const { admitted, request, release } = open()
    request('a', 'b', 'c', 'd', 'e')
    await vi.advanceTimersByTimeAsync(10_000)
    release('a')
    await vi.advanceTimersByTimeAsync(19_999)
    expect(admitted).toHaveLength(4)
    await vi.advanceTimersByTimeAsync(1)
    expect(admitted).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})
