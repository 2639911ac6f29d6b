import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cursor, cursorAtPosition, decodeCursor, pageEndCursor } from '../../../src/cursor/cursor.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import { comparePositions, FIRST_POSITION, type Message, type Position } from '../../../src/domain/model.ts'
import type { DetectedChange } from '../../../src/live/changes/detected-change.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { applyRead, cursorAtTime, readStateBefore, replay } from '../../../src/live/changes/replay.ts'
import { RoomSnapshot } from '../../../src/live/changes/room-snapshot.ts'
import {
  deleted,
  edited,
  message,
  positionAtMs,
  unknownRoomState,
  unknownRoomStates,
} from '../message-builders.ts'
import { arbitrarySteps, ClientModel, RoomModel, type Step, textOf } from './room-model.ts'

const room = { provider: 'rocketchat', roomId: 'room' }

describe('a replay of a snapshot', () => {
  const system = message('s', 40, { kind: 'SYSTEM' })
  const snapshot = snapshotOf([
    message('a', 10),
    edited(message('b', 20), 35),
    deleted(message('c', 22), 36),
    message('d', 30),
    system,
    deleted(message('e', 50), 51),
  ])

  it('contains everything after the cursor, in the order in which it happened', () => {
    expect(received(replay(cursorOf(20, 'b', 20), snapshot))).toEqual([
      'MessageAdded d',
      'MessageUpdated b',
      'MessageAdded s',
    ])
    expect(received(replay(cursorOf(30, 'd', 35), snapshot))).toEqual(['MessageDeleted c', 'MessageAdded s'])
  })

  it('is empty after a page that ends with a system message', () => {
    expect(replay(cursorOf(40, 's', 40), snapshot)).toEqual([])
  })

  it('starts at a point in time, inclusively', () => {
    expect(received(replay(cursorAtTime(new Date(36)), snapshot))).toEqual([
      'MessageDeleted c',
      'MessageAdded s',
    ])
  })

  it('starts with a gap where the provider could not be read back far enough', () => {
    const late = new RoomSnapshot()
    late.diff({ messages: [message('d', 30)], from: positionAtMs(30) })
    const [gap, added] = replay(cursorOf(20, 'b', 20), late)
    const [start, end] = [new Date(20), new Date(30)]
    expect(gap?.change).toEqual({ type: 'Gap', reason: 'HISTORY_LIMIT', from: start, to: end })
    expect(added?.change.type).toBe('MessageAdded')
  })
})

it('a gap from the start of a room has no start time, and one after a cursor has the cursor’s time', () => {
  const [gap] = replay(
    endOf([message('a', 10), message('b', 20)], FIRST_POSITION),
    snapshotOf([message('b', 20)]),
  )
  expect(gap?.change).toMatchObject({ type: 'Gap', reason: 'CURSOR_EXPIRED', from: null, to: new Date(20) })
  const [later] = replay(
    endOf([message('a', 10), message('b', 20)], positionAtMs(10)),
    snapshotOf([message('b', 20)]),
  )
  expect(later?.change).toMatchObject({ from: new Date(10), to: new Date(20) })
  const short = new RoomSnapshot()
  short.diff({ messages: [message('c', 30)], from: positionAtMs(30) })
  const [limit] = replay(cursorAtPosition(FIRST_POSITION, 0), short)
  expect(limit?.change).toMatchObject({ reason: 'HISTORY_LIMIT', from: null, to: new Date(30) })
})

describe('resuming by message position', () => {
  const steps = arbitrarySteps('add', 'add', 'late', 'system', 'pass', 'edit', 'mark deleted', 'read', 'read')

  it('yields the current room after any event, with nothing added twice', () => {
    const property = fc.property(steps, (sequence) => {
      const { model, received } = live(sequence)
      const now = snapshotOf(model.messages)
      for (const { cursor, client } of received) expectToLead(cursor, client, now, model)
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('reports a gap exactly where a message was removed without a trace', () => {
    const withRemovals = arbitrarySteps('add', 'late', 'pass', 'edit', 'mark deleted', 'remove', 'read')
    const property = fc.property(withRemovals, (sequence) => {
      const { model, received } = live(sequence)
      const now = snapshotOf(model.messages)
      for (const { cursor, client } of received) {
        const gone = [...client.texts].filter(([id, text]) => text !== null && !model.has(id))
        const expected = gone.length > 0 ? ['CURSOR_EXPIRED'] : []
        expect(gaps(replay(cursor, now))).toEqual(expected)
      }
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('reports it after a page too, and delivers everything inserted or changed since', () => {
    const changes = arbitrarySteps('add', 'late', 'pass', 'edit', 'mark deleted', 'remove')
    const property = fc.property(changes, changes, fc.integer({ min: 1, max: 30 }), (before, after, size) => {
      const model = new RoomModel()
      for (const step of before) model.apply(step)
      const page = model.messages.slice(-size)
      const cursor = pageEndCursor(page, page[0]?.position ?? FIRST_POSITION)
      if (!cursor) return
      for (const step of after) model.apply(step)
      const detected = replay(cursor, snapshotOf(model.messages))
      const isGone = page.some(({ state, ref }) => state !== 'DELETED' && !model.has(ref.messageId))
      expect(gaps(detected)).toEqual(isGone ? ['CURSOR_EXPIRED'] : [])
      const client = new ClientModel(page.map((one) => [one.ref.messageId, textOf(one)]))
      for (const one of detected) client.receive(one)
      expect(client.inconsistencies.filter((wrong) => wrong.startsWith('added'))).toEqual([])
      const inPage = ({ position }: Message) => comparePositions(position, page[0]?.position ?? position) >= 0
      const undelivered = model.messages.filter(
        (one) => textOf(one) !== (client.texts.get(one.ref.messageId) ?? null),
      )
      expect(undelivered.filter(inPage)).toEqual([])
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('yields the current room from the middle of a replay too', () => {
    const property = fc.property(steps, fc.nat(), (sequence, choice) => {
      const { model, received } = live(sequence)
      const start = received[choice % Math.max(1, received.length)]
      if (!start) return
      const now = snapshotOf(model.messages)
      const detected = replay(start.cursor, now)
      const events = new EventLog(room).createEventsFor(
        detected,
        start.cursor,
        readStateBefore(detected, now),
        unknownRoomState,
      )
      const client = start.client.copy()
      for (const [index, one] of detected.entries()) {
        client.receive(one)
        expectToLead(cursorIn(events[index]), client, now, model)
      }
    })
    fc.assert(property, { numRuns: 500 })
  })
})

/** Applies steps to a subscribed room; gives each event's cursor, and what its client knows by then. */
function live(sequence: readonly Step[]) {
  const model = new RoomModel()
  const snapshot = new RoomSnapshot()
  const log = new EventLog(room)
  const first = model.read(0, null)
  snapshot.diff(first)
  log.start(first.messages)
  const client = new ClientModel([])
  const received: { cursor: Cursor; client: ClientModel }[] = []
  for (const step of sequence) {
    model.apply(step)
    if (step.type !== 'read') continue
    const result = applyRead(snapshot, model.read(0, null))
    for (const event of log.append(result.changes, result.readState, unknownRoomStates)) {
      client.receive(event.detected)
      received.push({ cursor: cursorIn(event.inView('OPERATOR')), client: client.copy() })
    }
  }
  return { model, received }
}

function expectToLead(cursor: Cursor, reader: ClientModel, now: RoomSnapshot, model: RoomModel): void {
  const client = reader.copy()
  for (const detected of replay(cursor, now)) client.receive(detected)
  expect(client.inconsistencies.filter((wrong) => wrong.startsWith('added'))).toEqual([])
  const undelivered = model.messages.filter(
    (one) => textOf(one) !== (client.texts.get(one.position.id) ?? null),
  )
  expect(undelivered).toEqual([])
}

function endOf(page: readonly Message[], start: Position): Cursor {
  const end = pageEndCursor(page, start)
  if (!end) throw new Error('the page is empty')
  return end
}

function snapshotOf(messages: Parameters<EventLog['start']>[0]): RoomSnapshot {
  const snapshot = new RoomSnapshot()
  snapshot.diff({ messages, from: null })
  return snapshot
}

function gaps(detected: readonly DetectedChange[]): string[] {
  return detected.flatMap(({ change }) => (change.type === 'Gap' ? [change.reason] : []))
}

function cursorOf(ms: number, id: string, seenMs: number): Cursor {
  return cursorAtPosition({ micros: ms * 1000, id }, seenMs * 1000)
}

function cursorIn(event: RoomEvent | undefined): Cursor {
  const cursor = decodeCursor(event?.cursor ?? '')
  if (!cursor) throw new Error('the event has no cursor')
  return cursor
}

function received(detected: readonly DetectedChange[]): string[] {
  return detected.map(({ change, position }) => `${change.type} ${position.id}`)
}
