import { expect, it } from 'vitest'
import { cursorAtPosition, type LogPosition, pageEndCursor } from '../../../src/cursor/cursor.ts'
import { ReadState } from '../../../src/cursor/read-state.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import {
  type DetectedChange,
  detectCreated,
  detectDeleted,
} from '../../../src/live/changes/detected-change.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { Timeline } from '../../../src/live/changes/timeline.ts'
import { message, unknownRoomStates } from '../message-builders.ts'

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
