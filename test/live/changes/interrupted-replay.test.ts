import { expect, it } from 'vitest'
import { type Cursor, decodeCursor } from '../../../src/cursor/cursor.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import type { Message } from '../../../src/domain/model.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { cursorAtTime, readStateBefore, replay } from '../../../src/live/changes/replay.ts'
import { RoomSnapshot } from '../../../src/live/changes/room-snapshot.ts'
import { deleted, edited, message, positionAtMs, unknownRoomState } from '../message-builders.ts'

/** What was there at 10 and changed later, and what came, one of it edited last of all. */
const window = windowOf([
  edited(message('a', 10), 35),
  deleted(message('b', 11), 45),
  edited(message('c', 20), 40),
  message('d', 25, { kind: 'SYSTEM' }),
  message('e', 30),
])

it('who is cut off anywhere in a replay is told the rest, and nothing again', () => {
  const start = cursorAtTime(new Date(15))
  const told = resume(start)
  expect(told.map(({ change }) => change.type)).toEqual([
    'MessageUpdated',
    'MessageAdded',
    'MessageAdded',
    'MessageAdded',
    'MessageDeleted',
  ])
  for (const [index, { cursor }] of told.entries()) {
    const seen = decodeCursor(cursor)
    const rest = seen ? resume(seen) : []
    expect(rest.map(({ change }) => change)).toEqual(told.slice(index + 1).map(({ change }) => change))
  }
})

function resume(start: Cursor): readonly RoomEvent[] {
  const found = replay(start, window)
  return new EventLog({ provider: 'rocketchat', roomId: 'room' }).createEventsFor(
    found,
    start,
    readStateBefore(found, window),
    unknownRoomState,
  )
}

function windowOf(messages: readonly Message[]): RoomSnapshot {
  const known = new RoomSnapshot()
  known.diff({ messages, from: positionAtMs(0) })
  return known
}

it('who is cut off behind the gap of a history that does not reach back is told the rest, and not of the gap again', () => {
  const short = new RoomSnapshot()
  short.diff({ messages: [message('x', 30), message('y', 40)], from: positionAtMs(30) })
  const start = cursorAtTime(new Date(15))
  const found = replay(start, short)
  expect(found.map(({ change }) => change.type)).toEqual(['Gap', 'MessageAdded', 'MessageAdded'])
  const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
  const [gap] = log.createEventsFor(found, start, readStateBefore(found, short), unknownRoomState)
  const seen = decodeCursor(gap?.cursor ?? '')
  expect(seen && replay(seen, short)).toEqual(found.slice(1))
})
