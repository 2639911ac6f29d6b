import { expect, it } from 'vitest'
import { ReadState } from '../../../src/cursor/read-state.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import { detectCreated } from '../../../src/live/changes/detected-change.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { cursorAtTime } from '../../../src/live/changes/replay.ts'
import { Subscriber } from '../../../src/live/delivery/subscriber.ts'
import { message, unknownRoomStates } from '../message-builders.ts'

it('who came after the last look is not told what the next one finds from before, and all from then on', () => {
  const caller = createOperatorCaller('tester')
  const start = new Date(1_000)
  const watcher = new Subscriber(
    { caller, start: { since: start }, isWanted: () => true, wantsRoomState: false },
    () => {},
  )
  const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
  const tell = (id: string, ms: number) =>
    watcher.deliver(
      log.append(detectCreated(message(id, ms)), new ReadState(FIRST_POSITION), unknownRoomStates),
    )
  watcher.setAheadCursor(cursorAtTime(start))
  tell('before', 990)
  tell('since', 1_000)
  watcher.clearAheadCursor()
  tell('late', 995)
  watcher.events.end()
  const told: string[] = []
  for (let next = watcher.events.tryTake(); next && !next.done; next = watcher.events.tryTake())
    if ('message' in next.value.change) told.push(next.value.change.message.ref.messageId)
  expect(told).toEqual(['since', 'late'])
})
