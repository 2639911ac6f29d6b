import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import type { Room, RoomStatus } from '../../../src/domain/model.ts'
import { completeRoom } from './complete-room.ts'
import { openProcesses, POLL_MS, pass, settle } from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the state of a room whose reading process changes', () => {
  it('is not read again where that process stops, and later changes arrive', async () => {
    const { provider, subscribe, first, second } = openTwo()
    const leaving = new AbortController()
    await subscribe(first, leaving.signal)
    const events = await subscribe(second)
    await pass(10 * POLL_MS)
    provider.stateReads = 0
    await first.hub.handOver()
    await pass(3 * POLL_MS)
    leaving.abort()
    await pass(3 * POLL_MS)
    expect(provider.stateReads).toBe(0)
    provider.change('CLOSED')
    await pass(3 * POLL_MS)
    expect(await nextStatus(events)).toBe('CLOSED')
  })

  it('is read where it had changed for the process that stops, which had not read it yet', async () => {
    const { provider, subscribe, first, second } = openTwo()
    await subscribe(first)
    const events = await subscribe(second)
    await pass(10 * POLL_MS)
    provider.isStalled = true
    provider.change('CLOSED')
    await pass(3 * POLL_MS)
    provider.isStalled = false
    await first.hub.handOver()
    await pass(3 * POLL_MS)
    expect(await nextStatus(events)).toBe('CLOSED')
  })

  it('is read where a mutation changes it while the room changes hands', async () => {
    const { log, provider, subscribe, first, second } = openTwo()
    await subscribe(first)
    const events = await subscribe(second)
    await pass(10 * POLL_MS)
    log.rejects = 'acquire'
    await first.hub.handOver()
    provider.status = 'CLOSED'
    second.hub.requestPoll('fake', 'room', { isRoomChanged: true })
    await pass(POLL_MS)
    log.rejects = null
    await pass(8 * POLL_MS)
    expect(await nextStatus(events)).toBe('CLOSED')
  })

  it('is read where the account poller reports a change while the room changes hands', async () => {
    const { log, provider, subscribe, watchAccount, first, second } = openTwo()
    await watchAccount()
    const leaving = new AbortController()
    await subscribe(first, leaving.signal)
    const events = await subscribe(second)
    await pass(10 * POLL_MS)
    log.rejects = 'acquire'
    await first.hub.handOver()
    leaving.abort()
    provider.change('CLOSED')
    await pass(2 * POLL_MS)
    log.rejects = null
    await pass(8 * POLL_MS)
    expect(await nextStatus(events)).toBe('CLOSED')
  })

  it('is read where that process has died', async () => {
    const { log, provider, subscribe, first, second } = openTwo()
    await subscribe(first)
    await subscribe(second)
    await pass(10 * POLL_MS)
    provider.stateReads = 0
    log.alive.delete(first.worker.id)
    await pass(8 * POLL_MS)
    expect(provider.stateReads).toBeGreaterThan(0)
  })
})

/** Two processes, and an account that reports its room when its state has changed. */
function openTwo() {
  const { log, room, open } = openProcesses()
  const provider = {
    status: 'OPEN' as RoomStatus,
    stateReads: 0,
    /** While it is true, no read of the room is answered. */
    isStalled: false,
    changes: 0,
    /** Changes the room, which the account's next poll shows. */
    change: (status: RoomStatus) => {
      provider.status = status
      provider.changes += 1
    },
  }
  const current = (): Room => ({ ...completeRoom, status: provider.status })
  const adapter: ChatAdapter = {
    ...room.adapter,
    getRooms: async () => {
      provider.stateReads += 1
      if (provider.isStalled) await new Promise(() => {})
      return [current()]
    },
    readRoomActivity: async (syncToken) => ({
      rooms: syncToken === String(provider.changes) ? [] : [{ roomId: 'room', room: current() }],
      syncToken: String(provider.changes),
      isComplete: true,
    }),
  }
  const subscribe = ({ hub }: ReturnType<typeof open>, signal = new AbortController().signal) =>
    settle(
      hub.subscribe({
        adapter,
        roomId: 'room',
        caller: createOperatorCaller('tester'),
        start: { since: new Date() },
        isWanted: () => true,
        wantsRoomState: true,
        signal,
        clientAddress: null,
      }),
    )
  /** Another process polls the account from now on. */
  const watchAccount = () => settle(open().hub.subscribeToActivity([adapter], new AbortController().signal))
  return { log, provider, subscribe, watchAccount, first: open(), second: open() }
}

/** The status of the next room state that a stream delivers. */
async function nextStatus(events: AsyncIterator<RoomEvent>): Promise<RoomStatus | undefined> {
  for (;;) {
    const event = (await events.next()).value as RoomEvent
    if (event.change.type === 'RoomUpdated') return event.room?.status
  }
}
