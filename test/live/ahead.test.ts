import { expect, it } from 'vitest'
import { operatorCaller } from '../../src/chat/caller.ts'
import { BEGINNING } from '../../src/chat/model.ts'
import { Seen } from '../../src/chat/seen.ts'
import { EventLog } from '../../src/live/event-log.ts'
import { appearance } from '../../src/live/found.ts'
import { cursorAt } from '../../src/live/replay.ts'
import { Watcher } from '../../src/live/watcher.ts'
import { message, noRooms } from './messages.ts'

it('who came after the last look is not told what the next one finds from before, and all from then on', () => {
  const caller = operatorCaller('tester')
  const start = new Date(1_000)
  const watcher = new Watcher(
    { caller, start: { since: start }, accept: () => true, followsRoom: false },
    () => {},
  )
  const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
  const tell = (id: string, ms: number) =>
    watcher.tell(log.append(appearance(message(id, ms)), new Seen(BEGINNING), noRooms))
  watcher.standAhead(cursorAt(start))
  tell('before', 990)
  tell('since', 1_000)
  watcher.catchUp()
  tell('late', 995)
  watcher.events.end()
  const told: string[] = []
  for (let next = watcher.events.takeNow(); next && !next.done; next = watcher.events.takeNow())
    if ('message' in next.value.change) told.push(next.value.change.message.ref.messageId)
  expect(told).toEqual(['since', 'late'])
})
