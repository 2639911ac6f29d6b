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

describe('a room with subscribers of several credentials', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is read with the operators’ credential where there is one', async () => {
    const { room, subscribe, poll } = open()
    await subscribe(anne)
    await subscribe(operator)
    await poll()
    await poll()
    expect(room.reads).toEqual(['anne', 'operator', 'operator', 'operator'])
  })

  it('is read separately for agents and visitors where the provider’s views differ', async () => {
    const { room, hub, subscribe, poll } = open({ hasViewPerRole: true })
    const [operatorEvents, visitorEvents] = [await subscribe(operator), await subscribe(anne)]
    expect(hub.counts).toEqual({ rooms: 2, subscribers: 2 })
    room.putMessages(message('a', 1, { visibility: 'AGENTS' }), message('b', 2))
    await poll()
    room.messages.delete('a')
    room.putMessages(message('c', 3))
    await poll()
    const forAgents = ['MessageAdded a', 'MessageAdded b', 'MessageDeleted a', 'MessageAdded c']
    expect(await take(operatorEvents, 4)).toEqual(forAgents)
    expect(await take(visitorEvents, 2)).toEqual(['MessageAdded b', 'MessageAdded c'])
  })

  it('delivers nothing for agents only to a visitor, even if the provider returned it', async () => {
    const { room, subscribe, poll } = open()
    const visitorEvents = await subscribe(anne)
    room.putMessages(message('a', 1, { visibility: 'AGENTS' }), message('b', 2))
    await poll()
    room.messages.delete('a')
    room.putMessages(message('c', 3))
    await poll()
    expect(await take(visitorEvents, 2)).toEqual(['MessageAdded b', 'MessageAdded c'])
  })

  it('continues for the others when the polling credential is revoked', async () => {
    const { room, hub, subscribe, poll } = open()
    const [first, second] = [await subscribe(anne), await subscribe(bob)]
    room.revoked.add('anne')
    room.putMessages(message('a', 1))
    await poll()
    await expect(first.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await take(second, 1)).toEqual(['MessageAdded a'])
    expect(hub.counts).toEqual({ rooms: 1, subscribers: 1 })
  })

  it('reauthorizes a credential that others read for, and ends its stream when it is revoked', async () => {
    const { room, subscribe, poll } = open()
    const operatorEvents = await subscribe(operator)
    const ended = await subscribe(anne)
    room.revoked.add('anne')
    await poll()
    expect(room.reads.filter((name) => name === 'anne')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(60_000)
    await poll()
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    room.putMessages(message('a', 1))
    await poll()
    expect(await take(operatorEvents, 1)).toEqual(['MessageAdded a'])
  })

  it('continues for a visitor when the operators’ credential is revoked', async () => {
    const { room, subscribe, poll } = open()
    const ended = await subscribe(operator)
    room.revoked.add('operator')
    const operatorEvents = await subscribe(anne)
    await poll()
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    room.putMessages(message('a', 1))
    await poll()
    expect(await take(operatorEvents, 1)).toEqual(['MessageAdded a'])
  })
})

function open(options?: ConstructorParameters<typeof FakeRoom>[0]) {
  const room = new FakeRoom(options)
  const pollInterval = { activeMs: 1_000, idleMs: 1_000 }
  const hub = new Hub({ pollInterval, log: pino({ level: 'silent' }) })
  return {
    room,
    hub,
    subscribe: (caller: Caller) =>
      hub.subscribe({
        adapter: room.adapter,
        roomId: 'room',
        caller,
        start: { since: new Date(0) },
        isWanted: () => true,
        wantsRoomState: false,
        signal: new AbortController().signal,
      }),
    /** Waits for the next poll. */
    poll: async () => {
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
