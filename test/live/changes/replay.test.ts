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

describe('a replay out of a window', () => {
  const system = message('s', 40, { kind: 'SYSTEM' })
  const window = windowOf([
    message('a', 10),
    edited(message('b', 20), 35),
    deleted(message('c', 22), 36),
    message('d', 30),
    system,
    deleted(message('e', 50), 51),
  ])

  it('is all that is behind the cursor, in the order it happened', () => {
    expect(told(replay(cursorOf(20, 'b', 20), window))).toEqual([
      'MessageAdded d',
      'MessageUpdated b',
      'MessageAdded s',
    ])
    expect(told(replay(cursorOf(30, 'd', 35), window))).toEqual(['MessageDeleted c', 'MessageAdded s'])
  })

  it('has nothing to add behind a page that ends with a system message', () => {
    expect(replay(cursorOf(40, 's', 40), window)).toEqual([])
  })

  it('begins at a moment, that moment included', () => {
    expect(told(replay(cursorAtTime(new Date(36)), window))).toEqual(['MessageDeleted c', 'MessageAdded s'])
  })

  it('begins with a gap where the provider could not be read back far enough', () => {
    const late = new RoomSnapshot()
    late.diff({ messages: [message('d', 30)], from: positionAtMs(30) })
    const [gap, added] = replay(cursorOf(20, 'b', 20), late)
    const [start, end] = [new Date(20), new Date(30)]
    expect(gap?.change).toEqual({ type: 'Gap', reason: 'HISTORY_LIMIT', from: start, to: end })
    expect(added?.change.type).toBe('MessageAdded')
  })
})

it('a gap since the beginning of a room has no start, and one since a cursor has its time', () => {
  const [gap] = replay(
    endOf([message('a', 10), message('b', 20)], FIRST_POSITION),
    windowOf([message('b', 20)]),
  )
  expect(gap?.change).toMatchObject({ type: 'Gap', reason: 'CURSOR_EXPIRED', from: null, to: new Date(20) })
  const [later] = replay(
    endOf([message('a', 10), message('b', 20)], positionAtMs(10)),
    windowOf([message('b', 20)]),
  )
  expect(later?.change).toMatchObject({ from: new Date(10), to: new Date(20) })
  const short = new RoomSnapshot()
  short.diff({ messages: [message('c', 30)], from: positionAtMs(30) })
  const [limit] = replay(cursorAtPosition(FIRST_POSITION, 0), short)
  expect(limit?.change).toMatchObject({ reason: 'HISTORY_LIMIT', from: null, to: new Date(30) })
})

describe('resuming by position', () => {
  const steps = arbitrarySteps('add', 'add', 'late', 'system', 'pass', 'edit', 'mark deleted', 'read', 'read')

  it('from any event leads to what is, with nothing added twice', () => {
    const property = fc.property(steps, (happening) => {
      const { model, told } = live(happening)
      const now = windowOf(model.messages)
      for (const { cursor, client } of told) expectToLead(cursor, client, now, model)
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('says so where a message went without a trace, and only there', () => {
    const withRemovals = arbitrarySteps('add', 'late', 'pass', 'edit', 'mark deleted', 'remove', 'read')
    const property = fc.property(withRemovals, (happening) => {
      const { model, told } = live(happening)
      const now = windowOf(model.messages)
      for (const { cursor, client } of told) {
        const gone = [...client.texts].filter(([id, text]) => text !== null && !model.has(id))
        const expected = gone.length > 0 ? ['CURSOR_EXPIRED'] : []
        expect(gaps(replay(cursor, now))).toEqual(expected)
      }
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('says so behind a page too, and tells all that was put in or changed since', () => {
    const happenings = arbitrarySteps('add', 'late', 'pass', 'edit', 'mark deleted', 'remove')
    const property = fc.property(
      happenings,
      happenings,
      fc.integer({ min: 1, max: 30 }),
      (before, after, size) => {
        const model = new RoomModel()
        for (const step of before) model.apply(step)
        const page = model.messages.slice(-size)
        const cursor = pageEndCursor(page, page[0]?.position ?? FIRST_POSITION)
        if (!cursor) return
        for (const step of after) model.apply(step)
        const found = replay(cursor, windowOf(model.messages))
        const isGone = page.some(({ state, ref }) => state !== 'DELETED' && !model.has(ref.messageId))
        expect(gaps(found)).toEqual(isGone ? ['CURSOR_EXPIRED'] : [])
        const client = new ClientModel(page.map((one) => [one.ref.messageId, textOf(one)]))
        for (const one of found) client.receive(one)
        expect(client.inconsistencies.filter((wrong) => wrong.startsWith('added'))).toEqual([])
        const inPage = ({ position }: Message) =>
          comparePositions(position, page[0]?.position ?? position) >= 0
        const untold = model.messages.filter(
          (one) => textOf(one) !== (client.texts.get(one.ref.messageId) ?? null),
        )
        expect(untold.filter(inPage)).toEqual([])
      },
    )
    fc.assert(property, { numRuns: 500 })
  })

  it('from the middle of a replay leads there too', () => {
    const property = fc.property(steps, fc.nat(), (happening, choice) => {
      const { model, told } = live(happening)
      const start = told[choice % Math.max(1, told.length)]
      if (!start) return
      const now = windowOf(model.messages)
      const found = replay(start.cursor, now)
      const events = new EventLog(room).createEventsFor(
        found,
        start.cursor,
        readStateBefore(found, now),
        unknownRoomState,
      )
      const client = start.client.copy()
      for (const [index, one] of found.entries()) {
        client.receive(one)
        expectToLead(cursorIn(events[index]), client, now, model)
      }
    })
    fc.assert(property, { numRuns: 500 })
  })
})

/** Watches a room while things happen; gives every event's cursor, and what its reader knows by then. */
function live(happening: readonly Step[]) {
  const model = new RoomModel()
  const window = new RoomSnapshot()
  const log = new EventLog(room)
  const first = model.read(0, null)
  window.diff(first)
  log.start(first.messages)
  const client = new ClientModel([])
  const told: { cursor: Cursor; client: ClientModel }[] = []
  for (const step of happening) {
    model.apply(step)
    if (step.type !== 'read') continue
    const news = applyRead(window, model.read(0, null))
    for (const event of log.append(news.changes, news.readState, unknownRoomStates)) {
      client.receive(event.detected)
      told.push({ cursor: cursorIn(event.inView('OPERATOR')), client: client.copy() })
    }
  }
  return { model, told }
}

function expectToLead(cursor: Cursor, reader: ClientModel, now: RoomSnapshot, model: RoomModel): void {
  const client = reader.copy()
  for (const found of replay(cursor, now)) client.receive(found)
  expect(client.inconsistencies.filter((wrong) => wrong.startsWith('added'))).toEqual([])
  const untold = model.messages.filter((one) => textOf(one) !== (client.texts.get(one.position.id) ?? null))
  expect(untold).toEqual([])
}

function endOf(page: readonly Message[], start: Position): Cursor {
  const end = pageEndCursor(page, start)
  if (!end) throw new Error('the page is empty')
  return end
}

function windowOf(messages: Parameters<EventLog['start']>[0]): RoomSnapshot {
  const window = new RoomSnapshot()
  window.diff({ messages, from: null })
  return window
}

function gaps(found: readonly DetectedChange[]): string[] {
  return found.flatMap(({ change }) => (change.type === 'Gap' ? [change.reason] : []))
}

function cursorOf(ms: number, id: string, seenMs: number): Cursor {
  return cursorAtPosition({ micros: ms * 1000, id }, seenMs * 1000)
}

function cursorIn(event: RoomEvent | undefined): Cursor {
  const cursor = decodeCursor(event?.cursor ?? '')
  if (!cursor) throw new Error('the event has no cursor')
  return cursor
}

function told(found: readonly DetectedChange[]): string[] {
  return found.map(({ change, position }) => `${change.type} ${position.id}`)
}
