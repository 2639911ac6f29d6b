import { expect, it } from 'vitest'
import { pageEndCursor } from '../../../src/cursor/cursor.ts'
import { FIRST_POSITION, positionAt } from '../../../src/domain/model.ts'
import { Timeline } from '../../../src/live/changes/timeline.ts'
import { message, unknownRoomStates } from '../message-builders.ts'

const states = { known: unknownRoomStates, onPolled: () => false }

it('a subscriber whose read is answered after the poll has moved on starts only with a read that reaches the last poll', () => {
  const timeline = new Timeline({
    room: { provider: 'rocketchat', roomId: 'room' },
    states,
    clockSkewMs: () => 0,
    maxReadLagMs: 0,
  })
  const first = message('first', 1_000)
  const missed = message('missed', 20_000)
  const last = message('last', 40_000)
  const after = pageEndCursor([first], FIRST_POSITION)
  if (!after) throw new Error('no cursor')
  const subscriber = { start: { after }, view: 'OPERATOR', createdAt: 10 } as const
  const ownRead = { messages: [first], from: null }
  timeline.applyRead({ messages: [first, missed], from: null }, 20)
  // Polls read the newest messages only.
  timeline.applyRead({ messages: [last], from: positionAt(new Date(35_000)) }, 30)
  expect(timeline.firstEvents(subscriber, ownRead)).toBeNull()
  const next = timeline.firstEvents(subscriber, { messages: [first, missed, last], from: null })
  expect(next?.events.map(({ change }) => 'message' in change && change.message.ref.messageId)).toEqual([
    'missed',
    'last',
  ])
})
