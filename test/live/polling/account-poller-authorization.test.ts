import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import { ChatError } from '../../../src/domain/errors.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import { NO_ROOM_DETAILS, type Room } from '../../../src/domain/model.ts'
import type { ActiveRoom } from '../../../src/domain/rooms.ts'
import { Hub } from '../../../src/live/hub.ts'
import { FakeRoom } from '../fake-room.ts'
import { message } from '../message-builders.ts'

const operator = createOperatorCaller('tester')
const anne: Caller = { role: 'VISITOR', token: 'anne' }
const bob: Caller = { role: 'VISITOR', token: 'bob' }

describe('a room that the account poller serves', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  // Fallback polls are at random a quarter to half an hour apart: slightly more than the minimum, and the maximum.
  it.each([0.1, 0.999])(
    'is not read while the account poller does not report it, but at least every half hour (%d)',
    async (chance) => {
      const random = vi.spyOn(Math, 'random').mockReturnValue(chance)
      onTestFinished(() => random.mockRestore())
      const { room, subscribe, advance } = open()
      await subscribe(operator)
      await advance(60_000)
      const reads = room.reads.length
      await advance(10 * 60_000)
      expect(room.reads).toHaveLength(reads)
      await advance(20 * 60_000)
      expect(room.reads).toHaveLength(reads + 1)
    },
  )

  it('delivers nothing to a visitor whose token was revoked in the meantime', async () => {
    const { room, reportActivity, subscribe, advance } = open()
    const [events, ended] = [await subscribe(operator), await subscribe(anne)]
    await advance(120_000)
    room.revoked.add('anne')
    room.putMessages(message('a', 1))
    reportActivity()
    await advance(2_000)
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await events.next()).value).toMatchObject({ change: { type: 'MessageAdded' } })
  })

  it('reauthorizes each credential before anything is delivered', async () => {
    const { room, reportActivity, subscribe, advance } = open()
    const [events, ended] = [await subscribe(anne), await subscribe(bob)]
    await advance(120_000)
    room.revoked.add('bob')
    room.putMessages(message('a', 1))
    reportActivity()
    await advance(2_000)
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await events.next()).value).toMatchObject({ change: { type: 'MessageAdded' } })
  })

  it('needs no read to reauthorize operators while the account’s list shows the room’s messages', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.999)
    onTestFinished(() => random.mockRestore())
    const { room, list, subscribe, advance } = open({ idleMs: 300_000 })
    const events = await subscribe(operator)
    list('m0', 0)
    await advance(5_000)
    const reads = room.reads.length
    for (let count = 1; count <= 60; count += 1) {
      list(`m${count}`, count)
      await advance(2_000)
    }
    expect(room.reads).toHaveLength(reads)
    expect(await take(events, 61)).toEqual(Array.from({ length: 61 }, (_, index) => `MessageAdded m${index}`))
  })

  it('reauthorizes a visitor with a read although the account’s list shows the room’s messages', async () => {
    const { room, list, subscribe, advance } = open({ idleMs: 300_000 })
    const [events, ended] = [await subscribe(operator), await subscribe(anne)]
    list('m0', 0)
    await advance(5_000)
    room.revoked.add('anne')
    for (let count = 1; count <= 35; count += 1) {
      list(`m${count}`, count)
      await advance(2_000)
    }
    await expect(take(ended, 36)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await take(events, 36)).toEqual(Array.from({ length: 36 }, (_, index) => `MessageAdded m${index}`))
  })

  it('ends the stream of a revoked token within half an hour, even without activity', async () => {
    const { room, subscribe, advance } = open()
    const ended = await subscribe(anne)
    await advance(60_000)
    room.revoked.add('anne')
    await advance(31 * 60_000)
    await expect(ended.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is polled with its own interval where the account does not see the room', async () => {
    const { room, subscribe, advance } = open({ readRoom: async () => null })
    const events = await subscribe(anne)
    await advance(10_000)
    room.putMessages(message('a', 1))
    await advance(2_000)
    expect((await events.next()).value).toMatchObject({ change: { type: 'MessageAdded' } })
  })

  it('is read by the account once at a time', async () => {
    const read = pendingRead()
    const readRoom = vi.fn(() => read.result)
    const { room, subscribe, advance } = open({ readRoom })
    await subscribe(anne)
    await advance(10_000)
    expect(room.reads.length).toBeGreaterThan(5)
    expect(readRoom).toHaveBeenCalledTimes(1)
    read.resolve(roomOf('room'))
    await advance(2_000)
    const reads = room.reads.length
    await advance(60_000)
    expect(room.reads).toHaveLength(reads)
  })

  it('is served once the account poller reports it, although the account cannot read it', async () => {
    const read = pendingRead()
    const { reportActivity, subscribe, advance, getSource } = open({ readRoom: () => read.result })
    await subscribe(anne)
    await advance(5_000)
    expect(getSource()).toBe('POLL')
    reportActivity()
    await advance(5_000)
    expect(getSource()).toBe('DIGEST')
    read.reject(new ChatError('PROVIDER_UNAVAILABLE', 'Away.'))
    await advance(1_000)
    expect(getSource()).toBe('DIGEST')
  })
})

interface OpenOptions {
  readonly readRoom?: () => Promise<Room | null>
  readonly idleMs?: number
}

/** `readRoom` is the account's read of the room. */
function open({ readRoom = async () => roomOf('room'), idleMs = 1_000 }: OpenOptions = {}) {
  const room = new FakeRoom()
  let activity: readonly ActiveRoom[] = []
  const adapter: ChatAdapter = {
    ...room.adapter,
    getRooms: (ids) => Promise.all(ids.map(readRoom)),
    readRoomActivity: async () => {
      const rooms = activity
      activity = []
      return { rooms, syncToken: '', isComplete: true }
    },
  }
  const hub = new Hub({ pollInterval: { activeMs: 1_000, idleMs }, log: pino({ level: 'silent' }) })
  return {
    room,
    /** The next account poll reports the room. */
    reportActivity(): void {
      activity = [{ roomId: 'room', room: null }]
    },
    /** A message is written; the next account poll lists the room with it and the room's counter. */
    list(id: string, count: number): void {
      const written = message(id, Date.now())
      room.putMessages(written)
      const newestMessage = { message: written, count, writtenAt: new Date(Date.now()) }
      activity = [{ roomId: 'room', room: roomOf('room'), newestMessage }]
    },
    subscribe: (caller: Caller) =>
      hub.subscribe({
        adapter,
        roomId: 'room',
        caller,
        start: { since: new Date(0) },
        isWanted: () => true,
        wantsRoomState: false,
        signal: new AbortController().signal,
      }),
    getSource: () => hub.getRoomLiveState(adapter, 'room', 'VISITOR').source,
    advance: async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms)
    },
  }
}

async function take(events: AsyncIterator<RoomEvent>, count: number): Promise<readonly string[]> {
  const taken: string[] = []
  while (taken.length < count) {
    const { value } = await events.next()
    taken.push(
      value.change.type === 'MessageAdded'
        ? `MessageAdded ${value.change.message.ref.messageId}`
        : value.change.type,
    )
  }
  return taken
}

/** A read of the room that the test ends. */
function pendingRead() {
  let resolve: (room: Room) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const result = new Promise<Room>((onResolved, onRejected) => {
    resolve = onResolved
    reject = onRejected
  })
  return { result, resolve, reject }
}

function roomOf(nativeId: string): Room {
  const nothing = { visitor: null, agents: [], departmentId: null, tags: [], lastMessage: null }
  const never = { createdAt: null, closedAt: null, lastActivityAt: null }
  return {
    type: 'Room',
    provider: 'fake',
    nativeId,
    status: 'OPEN',
    ...nothing,
    ...never,
    ...NO_ROOM_DETAILS,
  }
}
