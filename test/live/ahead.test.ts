import { expect, it } from 'vitest'
import { createOperatorCaller } from '../../src/chat/caller.ts'
import { FIRST_POSITION } from '../../src/chat/model.ts'
import { ReadState } from '../../src/chat/seen.ts'
import { EventLog } from '../../src/live/event-log.ts'
import { detectCreated } from '../../src/live/found.ts'
import { cursorAtTime } from '../../src/live/replay.ts'
import { Subscriber } from '../../src/live/watcher.ts'
import { message, noRooms } from './messages.ts'

it('who came after the last look is not told what the next one finds from before, and all from then on', () => {
  const caller = createOperatorCaller('tester')
  const start = new Date(1_000)
  const watcher = new Subscriber(
    { caller, start: { since: start }, isWanted: () => true, wantsRoomState: false },
    () => {},
  )
  const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
  const tell = (id: string, ms: number) =>
    watcher.deliver(log.append(detectCreated(message(id, ms)), new ReadState(FIRST_POSITION), noRooms))
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
