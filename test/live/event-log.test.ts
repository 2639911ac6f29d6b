import { describe, expect, it } from 'vitest'
import { type Cursor, cursorBefore, decodeCursor } from '../../src/chat/cursor.ts'
import type { RoomEvent } from '../../src/chat/events.ts'
import { BEGINNING } from '../../src/chat/model.ts'
import { Seen } from '../../src/chat/seen.ts'
import { EventLog } from '../../src/live/event-log.ts'
import { appearance } from '../../src/live/found.ts'
import { message } from './messages.ts'

const room = { provider: 'rocketchat', roomId: 'room' }

describe('an event log', () => {
  it('gives what came behind an event that it holds', () => {
    const log = new EventLog(room)
    const events = append(log, 'a', 'b', 'c')
    expect(log.after(cursorOf(events[0]))).toEqual(events.slice(1))
    expect(log.after(cursorOf(events[2]))).toEqual([])
  })

  it('forgets its oldest events, and says so', () => {
    const log = new EventLog(room)
    const [first, second, ...more] = append(log, ...Array.from({ length: 502 }, (_, index) => `m${index}`))
    expect(log.after(cursorOf(first))).toBeNull()
    expect(log.after(cursorOf(second))).toEqual(more)
  })

  it('knows nothing of cursors that are not its own', () => {
    const log = new EventLog(room)
    append(log, 'a')
    expect(log.after(cursorOf(append(new EventLog(room), 'a')[0]))).toBeNull()
    expect(log.after({ ...cursorOf(append(log, 'b')[0]), log: null })).toBeNull()
  })

  it('ends a replay where it stands itself', () => {
    const log = new EventLog(room)
    append(log, 'a')
    const found = ['b', 'c'].flatMap((id) => appearance(message(id, 20), BEGINNING))
    const start = cursorBefore({ micros: 10, id: 'a' }, 10)
    const [middle, last] = log.beside(found, start, new Seen(BEGINNING))
    const next = append(log, 'd')
    expect(log.after(cursorOf(last))).toEqual(next)
    expect(log.after(cursorOf(middle))).toBeNull()
  })

  it('marks its events by what they tell, and by what was there before', () => {
    const log = new EventLog(room)
    log.begin([message('a', 50)])
    const [late, next] = [...append(log, 'b'), ...append(log, 'c')]
    // Behind all that the message told.
    expect(cursorOf(late).position).toEqual({ micros: 50_000, id: 'a\u0000' })
    expect(cursorOf(next).position).toEqual({ micros: 50_000, id: 'a\u0000' })
    const newer = log
      .append(appearance(message('d', 60), BEGINNING), new Seen(BEGINNING))
      .map(({ event }) => event)
    expect(cursorOf(newer[0])).toMatchObject({ position: { micros: 60_000, id: 'd' }, seenMicros: 60_000 })
  })
})

function append(log: EventLog, ...ids: readonly string[]): readonly RoomEvent[] {
  return log
    .append(
      ids.flatMap((id) => appearance(message(id, 10), BEGINNING)),
      new Seen(BEGINNING),
    )
    .map(({ event }) => event)
}

function cursorOf(event: RoomEvent | undefined): Cursor {
  const cursor = decodeCursor(event?.cursor ?? '')
  if (!cursor) throw new Error('the event has no cursor')
  return cursor
}
