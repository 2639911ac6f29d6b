import { describe, expect, it } from 'vitest'
import { type Cursor, cursorAtPosition, decodeCursor } from '../../../src/cursor/cursor.ts'
import { ReadState } from '../../../src/cursor/read-state.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import { detectCreated } from '../../../src/live/changes/detected-change.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { message, unknownRoomState, unknownRoomStates } from '../message-builders.ts'

const room = { provider: 'rocketchat', roomId: 'room' }

describe('an event log', () => {
  it('returns the events after an event it holds', () => {
    const log = new EventLog(room)
    const events = append(log, 'a', 'b', 'c')
    expect(log.eventsAfter(cursorOf(events[0]), 'OPERATOR')).toEqual(events.slice(1))
    expect(log.eventsAfter(cursorOf(events[2]), 'OPERATOR')).toEqual([])
  })

  it('drops its oldest events, and returns null after them', () => {
    const log = new EventLog(room)
    const [first, second, ...more] = append(log, ...Array.from({ length: 502 }, (_, index) => `m${index}`))
    expect(log.eventsAfter(cursorOf(first), 'OPERATOR')).toBeNull()
    expect(log.eventsAfter(cursorOf(second), 'OPERATOR')).toEqual(more)
  })

  it('returns null for cursors of other logs', () => {
    const log = new EventLog(room)
    append(log, 'a')
    expect(log.eventsAfter(cursorOf(append(new EventLog(room), 'a')[0]), 'OPERATOR')).toBeNull()
    expect(log.eventsAfter({ ...cursorOf(append(log, 'b')[0]), logPosition: null }, 'OPERATOR')).toBeNull()
  })

  it('ends a replay at its own end', () => {
    const log = new EventLog(room)
    append(log, 'a')
    const detected = ['b', 'c'].flatMap((id) => detectCreated(message(id, 20)))
    const start = cursorAtPosition({ micros: 10, id: 'a' }, 10)
    const [middle, last] = log.createEventsFor(
      detected,
      start,
      new ReadState(FIRST_POSITION),
      unknownRoomState,
    )
    const next = append(log, 'd')
    expect(log.eventsAfter(cursorOf(last), 'OPERATOR')).toEqual(next)
    expect(log.eventsAfter(cursorOf(middle), 'OPERATOR')).toBeNull()
  })

  it('gives its events watermarks that cover the messages from before the log', () => {
    const log = new EventLog(room)
    log.start([message('a', 50)])
    const [late, next] = [...append(log, 'b'), ...append(log, 'c')]
    expect(cursorOf(late).position).toEqual({ micros: 50_000, id: 'a' })
    expect(cursorOf(next).position).toEqual({ micros: 50_000, id: 'a' })
    const newer = log
      .append(detectCreated(message('d', 60)), new ReadState(FIRST_POSITION), unknownRoomStates)
      .map((event) => event.inView('OPERATOR'))
    expect(cursorOf(newer[0])).toMatchObject({ position: { micros: 60_000, id: 'd' }, changeMicros: 60_000 })
  })
})

function append(log: EventLog, ...ids: readonly string[]): readonly RoomEvent[] {
  return log
    .append(
      ids.flatMap((id) => detectCreated(message(id, 10))),
      new ReadState(FIRST_POSITION),
      unknownRoomStates,
    )
    .map((event) => event.inView('OPERATOR'))
}

function cursorOf(event: RoomEvent | undefined): Cursor {
  const cursor = decodeCursor(event?.cursor ?? '')
  if (!cursor) throw new Error('the event has no cursor')
  return cursor
}
