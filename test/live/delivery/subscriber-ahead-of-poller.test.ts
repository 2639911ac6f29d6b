import { expect, it } from 'vitest'
import { pageEndCursor } from '../../../src/cursor/cursor.ts'
import { ReadState } from '../../../src/cursor/read-state.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import {
  type DetectedChange,
  detectCreated,
  detectDeleted,
} from '../../../src/live/changes/detected-change.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { cursorAtTime } from '../../../src/live/changes/replay.ts'
import { Subscriber } from '../../../src/live/delivery/subscriber.ts'
import { message, unknownRoomStates } from '../message-builders.ts'

const START = new Date(1_000)

/** A subscriber, with a log that delivers to it. */
function open() {
  const caller = createOperatorCaller('tester')
  const subscriber = new Subscriber(
    { caller, start: { since: START }, isWanted: () => true, wantsRoomState: false },
    () => {},
  )
  const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
  const deliver = (changes: readonly DetectedChange[]) =>
    subscriber.deliver(log.append(changes, new ReadState(FIRST_POSITION), unknownRoomStates))
  const received = () => {
    subscriber.events.end()
    const changes: string[] = []
    for (let next = subscriber.events.tryTake(); next && !next.done; next = subscriber.events.tryTake()) {
      const { change } = next.value
      if ('message' in change) changes.push(`${change.type} ${change.message.ref.messageId}`)
      else if ('ref' in change) changes.push(`${change.type} ${change.ref.messageId}`)
    }
    return changes
  }
  return { subscriber, deliver, received }
}

it('a subscriber that joined after the last poll does not receive what the next poll finds from before, and everything later', () => {
  const { subscriber, deliver, received } = open()
  subscriber.setAhead({ cursor: cursorAtTime(START), read: null })
  deliver(detectCreated(message('before', 990)))
  deliver(detectCreated(message('since', 1_000)))
  subscriber.clearAhead()
  deliver(detectCreated(message('late', 995)))
  expect(received()).toEqual(['MessageAdded since', 'MessageAdded late'])
})

it('a subscriber receives the deletion of a message that came later than its read, unless another read has shown it', () => {
  const shown = message('read', 1_000)
  const read = { messages: new Map([['read', shown]]), from: FIRST_POSITION }
  const cursor = pageEndCursor([shown], read.from)
  if (!cursor) throw new Error('no cursor')
  const late = message('late', 995)
  const { subscriber, deliver, received } = open()
  subscriber.setAhead({ cursor, read })
  deliver(detectCreated(late))
  deliver([detectDeleted(late)])
  deliver(detectCreated(late))
  subscriber.setAhead({ cursor, read })
  deliver([detectDeleted(late)])
  expect(received()).toEqual(['MessageAdded late', 'MessageDeleted late', 'MessageAdded late'])
})
