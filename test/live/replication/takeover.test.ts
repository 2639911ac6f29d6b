import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { Hub } from '../../../src/live/hub.ts'
import type { FakeRoom } from '../fake-room.ts'
import { message } from '../message-builders.ts'
import {
  describeEvent,
  logPositionOf,
  openProcesses,
  POLL_MS,
  pass,
  resumeAfter,
  settle,
  take,
  written,
} from './processes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a room whose reading process changes', () => {
  it('is read by another process when the one that reads it leaves, and nothing is missed', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const [first, second] = [open(), open()]
    const leaving = new AbortController()
    await subscribe(first, undefined, leaving.signal)
    const events = await subscribe(second)
    await pass(POLL_MS)
    const [name] = log.names
    expect(log.holderOf(name ?? '')).toBe(first.worker.id)
    room.putMessages(written('a'))
    leaving.abort()
    await pass(2 * POLL_MS)
    expect(log.holderOf(name ?? '')).toBe(second.worker.id)
    expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
  })

  it('is taken over with one query together with all others that its process hands over', async () => {
    const { log, room, open } = openProcesses()
    const [first, second] = [open(), open()]
    const rooms = ['a', 'b', 'c', 'd']
    for (const { hub } of [first, second])
      for (const roomId of rooms) await settle(subscribeTo(hub, room, roomId))
    await pass(3 * POLL_MS)
    log.queries = 0
    await first.hub.handOver()
    await pass(POLL_MS / 2)
    expect(log.names.map((name) => log.holderOf(name))).toEqual(rooms.map(() => second.worker.id))
    expect(log.queries).toBe(1)
  })

  it('is read by a process that begins to follow while the one that reads it leaves', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const leaving = new AbortController()
    await subscribe(open(), undefined, leaving.signal)
    await pass(POLL_MS)
    log.loadMs = 100
    const second = open()
    const starting = subscribe(second)
    await pass(50)
    leaving.abort()
    await pass(POLL_MS)
    room.putMessages(written('a'))
    await pass(3 * POLL_MS)
    expect(log.holderOf(log.names[0] ?? '')).toBe(second.worker.id)
    expect((await take(await starting, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
  })

  it('loses nothing where the process that was to read it has left before it read anything', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const leaving = new AbortController()
    log.loadMs = 300
    const neverStarted = subscribe(open(), undefined, leaving.signal).catch(() => null)
    await pass(50)
    const events = subscribe(open())
    await pass(150)
    log.losesNotices = true
    leaving.abort()
    await pass(200)
    room.putMessages(written('a'))
    await pass(10 * POLL_MS)
    expect((await take(await events, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
    expect(await neverStarted).toBeNull()
  })

  it('is read by another process within seconds although the notice of the one that leaves is lost', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const leaving = new AbortController()
    await subscribe(open(), undefined, leaving.signal)
    const second = open()
    const events = await subscribe(second)
    await pass(POLL_MS)
    log.losesNotices = true
    leaving.abort()
    room.putMessages(written('a'))
    await pass(8 * POLL_MS)
    expect(log.holderOf(log.names[0] ?? '')).toBe(second.worker.id)
    expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
  })

  it.each(['acquire', 'readAfter'] as const)(
    'is read by another process within a second although the database rejects its %s at first',
    async (call) => {
      const { log, room, open, subscribe } = openProcesses()
      const leaving = new AbortController()
      await subscribe(open(), undefined, leaving.signal)
      const second = open()
      const events = await subscribe(second)
      await pass(POLL_MS)
      log.rejects = call
      leaving.abort()
      await pass(100)
      log.rejects = null
      room.putMessages(written('a'))
      await pass(POLL_MS)
      expect(log.holderOf(log.names[0] ?? '')).toBe(second.worker.id)
      expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
    },
  )

  it('is read by another process within a second after the one that reads it has died', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const [first, second] = [open(), open()]
    await subscribe(first)
    const events = await subscribe(second)
    await pass(POLL_MS)
    room.putMessages(written('a'))
    await pass(2 * POLL_MS)
    log.alive.delete(first.worker.id)
    room.putMessages(written('b'))
    room.messages.delete('a')
    await pass(3 * POLL_MS)
    expect(log.holderOf(log.names[0] ?? '')).toBe(second.worker.id)
    expect((await take(events, 3)).map(describeEvent)).toEqual([
      'MessageAdded a',
      'MessageDeleted a',
      'MessageAdded b',
    ])
  })

  it('is not shown as it was by a read that the next process has sent before it took over', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const [first, second] = [open(), open()]
    await subscribe(first)
    const events = await subscribe(second)
    room.putMessages(written('a'), message('b', Date.now() + 1))
    // Between two polls, so that only the read of the one that joins is held.
    await pass(1.5 * POLL_MS)
    const join = holdReads(room)
    const joining = subscribe(second, undefined, undefined, { role: 'VISITOR', token: 'anne' })
    await pass(1)
    room.answerAfter = null
    room.messages.delete('a')
    await pass(2 * POLL_MS)
    const poll = holdReads(room)
    log.alive.delete(first.worker.id)
    await pass(POLL_MS)
    join()
    await pass(1)
    poll()
    const late = await joining
    room.putMessages(written('c'))
    await pass(3 * POLL_MS)
    expect((await take(events, 4)).map(describeEvent)).toEqual([
      'MessageAdded a',
      'MessageAdded b',
      'MessageDeleted a',
      'MessageAdded c',
    ])
    expect((await take(late, 1)).map(describeEvent)).toEqual(['MessageAdded c'])
  })

  it('is handed over by a process that stops, which delivers what the next one reads', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const [first, second] = [open(), open()]
    const leaving = await subscribe(first)
    const staying = await subscribe(second)
    await pass(POLL_MS)
    await first.hub.handOver()
    await pass(POLL_MS)
    expect(log.holderOf(log.names[0] ?? '')).toBe(second.worker.id)
    room.putMessages(written('a'))
    await pass(2 * POLL_MS)
    const [event] = await take(leaving, 1)
    const [same] = await take(staying, 1)
    expect(same?.change).toEqual(event?.change)
    expect(logPositionOf(same)).toEqual(logPositionOf(event))
  })

  it('is read again by a process that stops, where no other one has subscribers', async () => {
    const { log, room, open, subscribe } = openProcesses()
    const [first, second] = [open(), open()]
    const leaving = new AbortController()
    const events = await subscribe(first, undefined, leaving.signal)
    await pass(POLL_MS)
    await first.hub.handOver()
    room.putMessages(written('a'))
    await pass(3 * POLL_MS)
    const [a] = await take(events, 1)
    expect(a && describeEvent(a)).toBe('MessageAdded a')
    const resumed = await subscribe(second, resumeAfter(a))
    leaving.abort()
    room.putMessages(written('b'))
    await pass(2 * POLL_MS)
    expect(log.holderOf(log.names[0] ?? '')).toBe(second.worker.id)
    expect((await take(resumed, 1)).map(describeEvent)).toEqual(['MessageAdded b'])
  })
})

/** Holds the answers of reads that start before the returned function is called. */
function holdReads(room: FakeRoom): () => void {
  let answer: () => void = () => {}
  room.answerAfter = new Promise((resolve) => {
    answer = resolve
  })
  return () => {
    room.answerAfter = null
    answer()
  }
}

function subscribeTo(hub: Hub, { adapter }: FakeRoom, roomId: string) {
  return hub.subscribe({
    adapter,
    roomId,
    caller: createOperatorCaller('tester'),
    start: { since: new Date() },
    isWanted: () => true,
    wantsRoomState: false,
    signal: new AbortController().signal,
    clientAddress: null,
  })
}
