import { expect, it } from 'vitest'
import { ReadState } from '../../../src/cursor/read-state.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import { detectCreated } from '../../../src/live/changes/detected-change.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { cursorAtTime } from '../../../src/live/changes/replay.ts'
import { Subscriber } from '../../../src/live/delivery/subscriber.ts'
import { message, unknownRoomStates } from '../message-builders.ts'

it('a subscriber that joined after the last poll does not receive what the next poll finds from before, and everything later', () => {
  const caller = createOperatorCaller('tester')
  const start = new Date(1_000)
  const subscriber = new Subscriber(
    { caller, start: { since: start }, isWanted: () => true, wantsRoomState: false },
    () => {},
  )
  const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
  const deliver = (id: string, ms: number) =>
    subscriber.deliver(
      log.append(detectCreated(message(id, ms)), new ReadState(FIRST_POSITION), unknownRoomStates),
    )
  subscriber.setAheadCursor(cursorAtTime(start))
  deliver('before', 990)
  deliver('since', 1_000)
  subscriber.clearAheadCursor()
  deliver('late', 995)
  subscriber.events.end()
  const received: string[] = []
  for (let next = subscriber.events.tryTake(); next && !next.done; next = subscriber.events.tryTake())
    if ('message' in next.value.change) received.push(next.value.change.message.ref.messageId)
  expect(received).toEqual(['since', 'late'])
})
