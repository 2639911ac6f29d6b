import { expect, it } from 'vitest'
import { type Cursor, decodeCursor } from '../../../src/cursor/cursor.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import type { Message } from '../../../src/domain/model.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { cursorAtTime, readStateBefore, replay } from '../../../src/live/changes/replay.ts'
import { RoomSnapshot } from '../../../src/live/changes/room-snapshot.ts'
import { deleted, edited, message, positionAtMs, unknownRoomState } from '../message-builders.ts'

/** Messages from before the start that changed later, and later messages, one of them edited. */
const snapshot = snapshotOf([
  edited(message('a', 10), 35),
  deleted(message('b', 11), 45),
  edited(message('c', 20), 40),
  message('d', 25, { kind: 'SYSTEM' }),
  message('e', 30),
])

it('a client that is cut off anywhere in a replay receives exactly the rest', () => {
  const start = cursorAtTime(new Date(15))
  const received = resume(start)
  expect(received.map(({ change }) => change.type)).toEqual([
    'MessageUpdated',
    'MessageAdded',
    'MessageAdded',
    'MessageAdded',
    'MessageDeleted',
  ])
  for (const [index, { cursor }] of received.entries()) {
    const resumeCursor = decodeCursor(cursor)
    const rest = resumeCursor ? resume(resumeCursor) : []
    expect(rest.map(({ change }) => change)).toEqual(received.slice(index + 1).map(({ change }) => change))
  }
})

function resume(start: Cursor): readonly RoomEvent[] {
  const detected = replay(start, snapshot)
  return new EventLog({ provider: 'rocketchat', roomId: 'room' }).createEventsFor(
    detected,
    start,
    readStateBefore(detected, snapshot),
    unknownRoomState,
  )
}

function snapshotOf(messages: readonly Message[]): RoomSnapshot {
  const known = new RoomSnapshot()
  known.diff({ messages, from: positionAtMs(0) })
  return known
}

it('a client that is cut off after a HISTORY_LIMIT gap receives the rest without the gap', () => {
  const short = new RoomSnapshot()
  short.diff({ messages: [message('x', 30), message('y', 40)], from: positionAtMs(30) })
  const start = cursorAtTime(new Date(15))
  const detected = replay(start, short)
  expect(detected.map(({ change }) => change.type)).toEqual(['Gap', 'MessageAdded', 'MessageAdded'])
  const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
  const [gap] = log.createEventsFor(detected, start, readStateBefore(detected, short), unknownRoomState)
  const resumeCursor = decodeCursor(gap?.cursor ?? '')
  expect(resumeCursor && replay(resumeCursor, short)).toEqual(detected.slice(1))
})
