import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PushedChange } from '../../../src/domain/push.ts'
import type { RoomView } from '../../../src/domain/room-view.ts'
import {
  decodeNotice,
  encodeNotice,
  type Notice,
  packReports,
  type RoomReport,
} from '../../../src/live/replication/notice.ts'
import { anyText } from '../../domain/token-arbitraries.ts'
import { message } from '../message-builders.ts'
import { anyMessage, anyRoom } from './arbitrary-room.ts'
import { expectDecoded, messageAsDecoded, roomAsDecoded } from './as-decoded.ts'
import { completeMessage, completeRoom, optionalFields } from './complete-room.ts'
import { expectStrictDecoding } from './json-mutations.ts'

const MAX_BYTES = 7_000

const anyChange: fc.Arbitrary<PushedChange> = fc.oneof(
  anyMessage.map((pushed): PushedChange => ({ type: 'Message', message: pushed })),
  anyText.map((messageId): PushedChange => ({ type: 'MessageDeleted', messageId })),
  fc.option(anyRoom).map((room): PushedChange => ({ type: 'RoomChanged', room })),
  fc.constant<PushedChange>({ type: 'Unreadable' }),
)

const hint = {
  type: 'Hint',
  provider: 'rocketchat',
  roomId: 'room',
  view: 'VISITOR',
  isRoomChanged: false,
  isAddition: true,
  changes: [],
} as const

describe('a notice', () => {
  it.for<Notice>([
    hint,
    hintOf({ type: 'Message', message: completeMessage }),
    hintOf({ type: 'MessageDeleted', messageId: 'one' }, { type: 'Unreadable' }),
    hintOf({ type: 'RoomChanged', room: completeRoom }),
    { type: 'StateWanted', log: 'log', view: 'OPERATOR', id: 'question' },
    { type: 'HolderAsked', log: 'log', callerHashes: ['hash'], wantedViews: ['VISITOR'] },
    {
      type: 'HolderAnswer',
      log: 'log',
      authorized: [{ callerHash: 'hash', ageMs: 1.5 }],
      source: 'PUSH',
      latencyMs: null,
    },
    {
      type: 'RoomsReported',
      rooms: [
        { log: 'log', authorized: [{ callerHash: 'hash', ageMs: 0 }], currentViews: ['OPERATOR'] },
        { log: 'other', authorized: [], currentViews: [] },
      ],
    },
    { type: 'AccountPolled', log: 'log', latencyMs: 0 },
    { type: 'AccountPollWanted', log: 'log' },
  ])('is decoded, and is unreadable with a missing or wrong field: $type', (notice) => {
    const text = encodeNotice(notice) ?? ''
    expectDecoded(decodeNotice(text), asDecoded(notice))
    expectStrictDecoding(text, (other) => decodeNotice(other), optionalFields)
  })

  it('is unreadable where it is any other text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.json()), (text) => {
        expect(decodeNotice(text)).toBeNull()
      }),
    )
  })

  it('is unreadable with a negative duration', () => {
    const authorized = [{ callerHash: 'hash', ageMs: -1 }]
    const answer = { type: 'HolderAnswer', log: 'log', source: 'POLL', latencyMs: 1 } as const
    expect(decodeNotice(JSON.stringify({ ...answer, authorized: [] }))).not.toBeNull()
    expect(decodeNotice(JSON.stringify({ ...answer, authorized }))).toBeNull()
    expect(decodeNotice(JSON.stringify({ ...answer, authorized: [], latencyMs: -1 }))).toBeNull()
  })

  it('is not sent where the name of the log or room is too long', () => {
    const log = 'x'.repeat(MAX_BYTES)
    expect(encodeNotice({ type: 'StateWanted', log, view: 'VISITOR', id: 'question' })).toBeNull()
    expect(encodeNotice({ ...hint, roomId: log })).toBeNull()
  })
})

describe('a hint', () => {
  it('keeps its changes as far as they fit', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 6 }), fc.boolean(), (changes, isRoomChanged) => {
        const text = encodeNotice({ ...hint, isRoomChanged, changes }) ?? ''
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES)
        const decoded = decodeNotice(text)
        if (decoded?.type !== 'Hint') throw new Error('not a hint')
        if (decoded.changes.length > 0) {
          expectDecoded(decoded, asDecoded({ ...hint, isRoomChanged, changes }))
        }
      }),
    )
  })

  it.for([0, 1])('has at most 7 000 bytes: %d more', (more) => {
    const bytesFor = (length: number) =>
      Buffer.byteLength(encodeNotice(hintOf(newMessage('é'.repeat(length)))) ?? '')
    const length = 1_000 + (MAX_BYTES - bytesFor(1_000)) / 2
    expect(Number.isInteger(length)).toBe(true)
    const decoded = decodeNotice(encodeNotice(hintOf(newMessage('é'.repeat(length + more)))) ?? '')
    expect(decoded).toMatchObject({ changes: { length: 1 - more }, isAddition: more === 0 })
  })

  it('makes its receiver read everything that does not fit', () => {
    const long: PushedChange = {
      type: 'Message',
      message: message('one', 1, { text: 'x'.repeat(MAX_BYTES) }),
    }
    const expected = { ...hint, isAddition: false }
    expectDecoded(decodeNotice(encodeNotice(hintOf(long)) ?? ''), expected)
    const withState = hintOf(long, { type: 'RoomChanged', room: null })
    expectDecoded(decodeNotice(encodeNotice(withState) ?? ''), { ...expected, isRoomChanged: true })
  })

  it('contains no address of a file that the provider keeps', () => {
    const text = encodeNotice(hintOf({ type: 'Message', message: completeMessage }))
    expect(text).not.toMatch(/secret|providerUrl/)
  })
})

const anyReport: fc.Arbitrary<RoomReport> = fc.record({
  log: fc.string({ unit: 'grapheme', maxLength: 100 }),
  authorized: fc.array(fc.record({ callerHash: fc.string({ maxLength: 43 }), ageMs: fc.nat() }), {
    maxLength: 50,
  }),
  currentViews: fc.subarray<RoomView>(['OPERATOR', 'VISITOR']),
})

describe('reports of rooms', () => {
  it('are packed in their order into notices that are all sent', () => {
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 60 }), (reports) => {
        const received = packReports(reports).flatMap((notice) => {
          const decoded = decodeNotice(encodeNotice(notice) ?? '')
          return decoded?.type === 'RoomsReported' ? decoded.rooms : []
        })
        expect(received).toEqual(reports)
      }),
    )
  })

  it('of a thousand rooms fit into a few dozen notices', () => {
    const authorized = [{ callerHash: 'x'.repeat(43), ageMs: 12_345 }]
    const reports = Array.from({ length: 1_000 }, (_, index) => ({
      log: `rocketchat room-${index} OPERATOR`,
      authorized,
      currentViews: ['OPERATOR'] as const,
    }))
    expect(packReports(reports).length).toBeLessThan(36)
  })

  it('that are too large leave the others as they are', () => {
    const [small, large] = ['small', 'x'.repeat(MAX_BYTES)].map((log) => ({
      log,
      authorized: [],
      currentViews: [],
    }))
    const reports = [small, large, small].filter((report) => report !== undefined)
    expect(packReports(reports).map((notice) => encodeNotice(notice) !== null)).toEqual([true, false, true])
  })
})

function hintOf(...changes: readonly PushedChange[]): Notice {
  return { ...hint, changes }
}

function newMessage(text: string): PushedChange {
  return { type: 'Message', message: message('one', 1, { text }) }
}

function asDecoded(notice: Notice): Notice {
  return notice.type === 'Hint' ? { ...notice, changes: notice.changes.map(changeAsDecoded) } : notice
}

function changeAsDecoded(change: PushedChange): PushedChange {
  if (change.type === 'Message') return { ...change, message: messageAsDecoded(change.message) }
  if (change.type === 'RoomChanged') return { ...change, room: change.room && roomAsDecoded(change.room) }
  return change
}
