import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import { Hub } from '../../../src/live/hub.ts'
import { FakeRoom } from '../fake-room.ts'
import { message } from '../message-builders.ts'

const operator = createOperatorCaller('tester')
const anne: Caller = { role: 'VISITOR', token: 'anne' }
const bob: Caller = { role: 'VISITOR', token: 'bob' }

describe('a room that several credentials watch', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is read with the operators’ credential where there is one', async () => {
    const { room, watch, look } = open()
    await watch(anne)
    await watch(operator)
    await look()
    await look()
    expect(room.reads).toEqual(['anne', 'operator', 'operator', 'operator'])
  })

  it('is read for agents and for visitors apart where its provider shows them different things', async () => {
    const { room, hub, watch, look } = open({ viewsByRole: true })
    const [seen, shown] = [await watch(operator), await watch(anne)]
    expect(hub.counts).toEqual({ rooms: 2, subscribers: 2 })
    room.putMessages(message('a', 1, { visibility: 'AGENTS' }), message('b', 2))
    await look()
    room.messages.delete('a')
    room.putMessages(message('c', 3))
    await look()
    const forAgents = ['MessageAdded a', 'MessageAdded b', 'MessageDeleted a', 'MessageAdded c']
    expect(await take(seen, 4)).toEqual(forAgents)
    expect(await take(shown, 2)).toEqual(['MessageAdded b', 'MessageAdded c'])
  })

  it('shows a visitor nothing that is for agents only, even if the provider did', async () => {
    const { room, watch, look } = open()
    const shown = await watch(anne)
    room.putMessages(message('a', 1, { visibility: 'AGENTS' }), message('b', 2))
    await look()
    room.messages.delete('a')
    room.putMessages(message('c', 3))
    await look()
    expect(await take(shown, 2)).toEqual(['MessageAdded b', 'MessageAdded c'])
  })

  it('goes on for the others when the one that reads is revoked', async () => {
    const { room, hub, watch, look } = open()
    const [first, second] = [await watch(anne), await watch(bob)]
    room.revoked.add('anne')
    room.putMessages(message('a', 1))
    await look()
    await expect(first.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await take(second, 1)).toEqual(['MessageAdded a'])
    expect(hub.counts).toEqual({ rooms: 1, subscribers: 1 })
  })

  it('asks again for a credential that others read for, and ends it when it is revoked', async () => {
    const { room, watch, look } = open()
    const seen = await watch(operator)
    const ended = await watch(anne)
    room.revoked.add('anne')
    await look()
    expect(room.reads.filter((name) => name === 'anne')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(60_000)
    await look()
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    room.putMessages(message('a', 1))
    await look()
    expect(await take(seen, 1)).toEqual(['MessageAdded a'])
  })

  it('goes on for a visitor when the operators’ credential is revoked', async () => {
    const { room, watch, look } = open()
    const ended = await watch(operator)
    room.revoked.add('operator')
    const seen = await watch(anne)
    await look()
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    room.putMessages(message('a', 1))
    await look()
    expect(await take(seen, 1)).toEqual(['MessageAdded a'])
  })
})

function open(options?: ConstructorParameters<typeof FakeRoom>[0]) {
  const room = new FakeRoom(options)
  const pace = { activeMs: 1_000, idleMs: 1_000 }
  const hub = new Hub({ pollInterval: pace, log: pino({ level: 'silent' }) })
  return {
    room,
    hub,
    watch: (caller: Caller) =>
      hub.subscribe({
        adapter: room.adapter,
        roomId: 'room',
        caller,
        start: { since: new Date(0) },
        isWanted: () => true,
        wantsRoomState: false,
        signal: new AbortController().signal,
      }),
    /** Lets the poller have its next look. */
    look: async () => {
      await vi.advanceTimersByTimeAsync(1_100)
    },
  }
}

async function take(events: AsyncIterator<RoomEvent>, count: number): Promise<string[]> {
  const taken: string[] = []
  while (taken.length < count) {
    const { value } = await events.next()
    const { change }: RoomEvent = value
    const id =
      'message' in change ? change.message.ref.messageId : 'ref' in change ? change.ref.messageId : ''
    taken.push(`${change.type} ${id}`.trim())
  }
  return taken
}
