import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ActiveRoom } from '../../../src/domain/rooms.ts'
import {
  decodeAccountLogEntry,
  encodeAccountLogEntry,
} from '../../../src/live/replication/account-log-entry.ts'
import { anyText } from '../../domain/token-arbitraries.ts'
import { anyDate, anyMessage, anyRoom } from './arbitrary-room.ts'
import { expectDecoded, messageAsDecoded, roomAsDecoded } from './as-decoded.ts'
import { completeMessage, completeRoom, optionalFields } from './complete-room.ts'
import { expectStrictDecoding } from './json-mutations.ts'

const anyActiveRoom: fc.Arbitrary<ActiveRoom> = fc.record(
  {
    roomId: anyText,
    room: fc.option(anyRoom),
    newestMessage: fc.record({ message: anyMessage, count: fc.nat(), writtenAt: anyDate }),
  },
  { requiredKeys: ['roomId', 'room'] },
)

const completeActiveRoom: ActiveRoom = {
  roomId: 'room',
  room: completeRoom,
  newestMessage: { message: completeMessage, count: 2, writtenAt: new Date(2) },
}

it('an entry of the log of an account keeps the activity', () => {
  fc.assert(
    fc.property(fc.array(anyActiveRoom, { maxLength: 4 }), fc.boolean(), (rooms, isComplete) => {
      const decoded = decodeAccountLogEntry(
        encodeAccountLogEntry({ type: 'Activity', activity: { rooms, syncToken: 'token', isComplete } }),
      )
      expectDecoded(decoded, {
        type: 'Activity',
        activity: { rooms: rooms.map(asDecoded), syncToken: 'token', isComplete },
      })
    }),
  )
})

it('an entry of the log of an account is unreadable with a missing or wrong field', () => {
  const entry = {
    type: 'Activity',
    activity: { rooms: [completeActiveRoom], syncToken: 'token', isComplete: true },
  } as const
  expectStrictDecoding(encodeAccountLogEntry(entry), decodeAccountLogEntry, [
    ...optionalFields,
    'newestMessage',
  ])
})

it('an entry of the log of an account is unreadable where it is any other text', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.json()), (text) => {
      expect(decodeAccountLogEntry(text)).toBeNull()
    }),
  )
})

function asDecoded(active: ActiveRoom): ActiveRoom {
  const { room, newestMessage: newest } = active
  return {
    ...active,
    room: room && roomAsDecoded(room),
    ...(newest && { newestMessage: { ...newest, message: messageAsDecoded(newest.message) } }),
  }
}
