import { expect, it } from 'vitest'
import {
  cursorAtPosition,
  decodeCursor,
  type LogPosition,
  pageEndCursor,
} from '../../../src/cursor/cursor.ts'
import { ReadState } from '../../../src/cursor/read-state.ts'
import { hashRoomState, type RoomStateVersion } from '../../../src/cursor/room-state-version.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import {
  type DetectedChange,
  detectCreated,
  detectDeleted,
} from '../../../src/live/changes/detected-change.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { Timeline } from '../../../src/live/changes/timeline.ts'
import { message, unknownRoomStates } from '../message-builders.ts'
import { completeRoom } from '../replication/complete-room.ts'

const room = { provider: 'rocketchat', roomId: 'room' }
const states = { known: unknownRoomStates, onPolled: () => false }

it('a timeline of another process resumes exactly after an entry that is no event, the first one of its epoch', () => {
  const log = new EventLog(room)
  const append = (changes: readonly DetectedChange[]) =>
    log.append(changes, new ReadState(FIRST_POSITION), unknownRoomStates)
  const a = message('a', 1_000)
  log.setEpoch('one')
  const added = append(detectCreated(a))
  log.setEpoch('two')
  const roomState = { change: null, logPosition: log.advance() }
  const deleted = append([detectDeleted(a)])
  const timeline = new Timeline({ room, states, clockSkewMs: () => 0, maxReadLagMs: 0 })
  const { watermark, end } = log
  const state = { messages: [], from: FIRST_POSITION, watermark, end }
  timeline.restore(state, [...added, roomState, ...deleted], 0)

  const changesAfter = (logPosition: LogPosition) => {
    const after = { ...cursorAtPosition(a.position, a.position.micros), logPosition }
    const first = timeline.firstEvents({ start: { after }, view: 'OPERATOR', createdAt: 0 }, null)
    return first?.events.map(({ change }) => change.type)
  }
  expect(changesAfter(roomState.logPosition)).toEqual(['MessageDeleted'])
  expect(changesAfter(end)).toEqual([])
  // A position that is in no log: what is there now decides.
  expect(changesAfter({ ...roomState.logPosition, epoch: 'one' })).toEqual([])
})

it('events that another process has logged carry the saved state of the room, those before its last change ask for it', () => {
  const version: RoomStateVersion = { view: 'OPERATOR', hash: hashRoomState(completeRoom), resend: 'NONE' }
  const known = { ...unknownRoomStates, OPERATOR: { version, room: completeRoom } }
  const log = new EventLog(room)
  const add = (id: string, ms: number) =>
    log.append(detectCreated(message(id, ms)), new ReadState(FIRST_POSITION), unknownRoomStates)
  const [first, second] = [add('a', 1_000), add('b', 2_000)]
  const roomState = { change: null, logPosition: log.advance() }
  const third = add('c', 3_000)
  const timeline = new Timeline({
    room,
    states: { known, onPolled: () => false },
    clockSkewMs: () => 0,
    maxReadLagMs: 0,
  })
  const { watermark, end } = log
  const entries = [...first, ...second, roomState, ...third]
  timeline.restore({ messages: [], from: FIRST_POSITION, watermark, end }, entries, 0)
  const [{ logPosition } = { logPosition: end }] = first
  const start = { after: { ...cursorAtPosition(FIRST_POSITION, 0), logPosition } }
  const resumed = timeline.firstEvents({ start, view: 'OPERATOR', createdAt: 0 }, null)
  expect(resumed?.events.map(({ cursor }) => decodeCursor(cursor)?.roomState)).toEqual([
    { view: 'OPERATOR', hash: null, resend: 'SEND' },
    version,
  ])
})

it('a subscriber of a room that another process reads starts with a read that is as new as what that one has logged', () => {
  const timeline = new Timeline({ room, states, clockSkewMs: () => 0, maxReadLagMs: 0 })
  const page = [message('b', 1_000)]
  // Of the same time as the page's message, and before it in order: the log cannot tell whether the page was newer.
  const late = message('a', 1_000)
  const messages = [late, ...page]
  const watermark = { position: late.position, changeMicros: late.position.micros }
  const end = { epoch: 'one', sequence: 0 }
  timeline.restore({ messages, from: FIRST_POSITION, watermark, end }, [], 100)
  const after = pageEndCursor(page, FIRST_POSITION)
  if (!after) throw new Error('no cursor')
  const subscriber = { start: { after }, view: 'OPERATOR', createdAt: 0 } as const
  expect(timeline.firstEventsAhead(subscriber, { messages: page, from: null }, 50)).toBeNull()
  const next = timeline.firstEventsAhead(subscriber, { messages, from: null }, 150)
  expect(next?.events.map(({ change }) => change)).toEqual([{ type: 'MessageAdded', message: late }])
})
