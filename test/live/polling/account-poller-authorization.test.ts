import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import type { Room } from '../../../src/domain/model.ts'
import { Hub } from '../../../src/live/hub.ts'
import { FakeRoom } from '../fake-room.ts'
import { message } from '../message-builders.ts'

const operator = createOperatorCaller('tester')
const anne: Caller = { role: 'VISITOR', token: 'anne' }
const bob: Caller = { role: 'VISITOR', token: 'bob' }

describe('a room that a digest serves', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  // Looks are a quarter of an hour to half an hour apart, as chance has it: a little more than the least, and the most.
  it.each([0.1, 0.999])(
    'is not read while the digest does not name it, but at least every half hour (%d)',
    async (chance) => {
      const random = vi.spyOn(Math, 'random').mockReturnValue(chance)
      onTestFinished(() => random.mockRestore())
      const { room, watch, pass } = open()
      await watch(operator)
      await pass(60_000)
      const reads = room.reads.length
      await pass(10 * 60_000)
      expect(room.reads).toHaveLength(reads)
      await pass(20 * 60_000)
      expect(room.reads).toHaveLength(reads + 1)
    },
  )

  it('tells a visitor nothing whose token was revoked while nothing happened', async () => {
    const { room, name, watch, pass } = open()
    const [seen, ended] = [await watch(operator), await watch(anne)]
    await pass(120_000)
    room.revoked.add('anne')
    room.putMessages(message('a', 1))
    name()
    await pass(2_000)
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await seen.next()).value).toMatchObject({ change: { type: 'MessageAdded' } })
  })

  it('asks again for each of several credentials before anything is told', async () => {
    const { room, name, watch, pass } = open()
    const [seen, ended] = [await watch(anne), await watch(bob)]
    await pass(120_000)
    room.revoked.add('bob')
    room.putMessages(message('a', 1))
    name()
    await pass(2_000)
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await seen.next()).value).toMatchObject({ change: { type: 'MessageAdded' } })
  })

  it('ends for a revoked token within half an hour, even if nothing happens', async () => {
    const { room, watch, pass } = open()
    const ended = await watch(anne)
    await pass(60_000)
    room.revoked.add('anne')
    await pass(31 * 60_000)
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is looked at by its own pace where the account itself does not see the room', async () => {
    const { room, watch, pass } = open({ withinReach: false })
    const seen = await watch(anne)
    await pass(10_000)
    room.putMessages(message('a', 1))
    await pass(2_000)
    expect((await seen.next()).value).toMatchObject({ change: { type: 'MessageAdded' } })
  })
})

function open({ withinReach = true } = {}) {
  const room = new FakeRoom()
  let named = false
  const adapter: ChatAdapter = {
    ...room.adapter,
    getRooms: async (ids) => ids.map((nativeId) => (withinReach ? roomOf(nativeId) : null)),
    readRoomActivity: async () => {
      const rooms = named ? [{ roomId: 'room', room: null }] : []
      named = false
      return { rooms, syncToken: '', isComplete: true }
    },
  }
  const hub = new Hub({ pollInterval: { activeMs: 1_000, idleMs: 1_000 }, log: pino({ level: 'silent' }) })
  return {
    room,
    /** The digest names the room the next time it is asked. */
    name(): void {
      named = true
    },
    watch: (caller: Caller) =>
      hub.subscribe({
        adapter,
        roomId: 'room',
        caller,
        start: { since: new Date(0) },
        isWanted: () => true,
        wantsRoomState: false,
        signal: new AbortController().signal,
      }),
    pass: async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms)
    },
  }
}

function roomOf(nativeId: string): Room {
  const nothing = { visitor: null, agents: [], departmentId: null, tags: [], lastMessage: null }
  const never = { createdAt: null, closedAt: null, lastActivityAt: null }
  return { type: 'Room', provider: 'fake', nativeId, status: 'OPEN', ...nothing, ...never }
}
