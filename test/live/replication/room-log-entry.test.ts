import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeVersion } from '../../../src/cursor/fingerprint.ts'
import { messageVersion } from '../../../src/cursor/message-version.ts'
import { hashRoomState } from '../../../src/cursor/room-state-version.ts'
import type { Message } from '../../../src/domain/model.ts'
import {
  type DetectedChange,
  detectCreated,
  detectDeleted,
  detectGap,
  detectUpdated,
} from '../../../src/live/changes/detected-change.ts'
import { RoomSnapshot } from '../../../src/live/changes/room-snapshot.ts'
import {
  decodeRoomLogEntry,
  decodeRoomLogSnapshot,
  encodeRoomLogEntry,
  encodeRoomLogSnapshot,
  type RoomLogEntry,
  type RoomLogSnapshot,
} from '../../../src/live/replication/room-log-entry.ts'
import { anyFingerprint, anyPosition } from '../../cursor/fingerprint-arbitraries.ts'
import { anyText } from '../../domain/token-arbitraries.ts'
import { attachment, message } from '../message-builders.ts'
import { anyMessage, anyRoom } from './arbitrary-room.ts'
import { expectDecoded, messageAsDecoded, roomAsDecoded } from './as-decoded.ts'
import { completeMessage, completeRoom, optionalFields } from './complete-room.ts'
import { expectStrictDecoding } from './json-mutations.ts'

const anyWatermark = fc.record({
  position: anyPosition,
  changeMicros: fc.maxSafeInteger().map((n) => n || 0),
})
const anyReason = fc.constantFrom('HISTORY_LIMIT', 'SLOW_CONSUMER', 'CURSOR_EXPIRED')
const anyGap = fc
  .tuple(anyReason, anyPosition, anyPosition)
  .filter(([, start, end]) => Math.max(start.micros, end.micros) / 1000 <= 8.64e15)
  .map(([reason, start, end]) => detectGap(reason, start, end))

const watermark = { position: { micros: 1000, id: 'one' }, changeMicros: 2000 }
const fingerprint = {
  from: { micros: 0, id: '' },
  idsHash: 'abcdefgh',
  recentFromMicros: 3,
  recentVersions: 'abcdefghij',
}
const roomUpdate: DetectedChange = {
  change: { type: 'RoomUpdated' },
  position: watermark.position,
  message: null,
  changedAtMicros: 0,
}

describe('an entry of the log of a room', () => {
  it('keeps every new or changed message, written once', () => {
    fc.assert(
      fc.property(anyMessage, anyWatermark, anyFingerprint, (changed, read, versions) => {
        for (const detected of [...detectCreated(changed), detectUpdated(changed)]) {
          const entry = { type: 'Change', detected, watermark: read, fingerprint: versions } as const
          const decoded = roundTrip(entry)
          expectDecoded(decoded, { ...entry, detected: asDecoded(detected) })
          if (decoded?.type !== 'Change') throw new Error('not a change')
          expectSameVersion(decoded.detected.message, detected.message)
          const { change } = decoded.detected
          if ('message' in change) expect(change.message).toBe(decoded.detected.message)
        }
      }),
    )
    const text = encodeRoomLogEntry(change(detectUpdated(completeMessage)))
    expect(text.match(/"messageId":"one"/g)).toHaveLength(2)
  })

  it('keeps every deletion and gap', () => {
    fc.assert(
      fc.property(anyMessage, anyGap, (gone, gap) => {
        for (const detected of [detectDeleted(gone), gap]) {
          expectDecoded(roundTrip(change(detected)), change(detected))
        }
      }),
    )
    expect(roundTrip(change(roomUpdate))).toStrictEqual(change(roomUpdate))
  })

  it('keeps every state of the room', () => {
    fc.assert(
      fc.property(anyRoom, fc.constantFrom('OPERATOR', 'VISITOR'), (room, view) => {
        const answers = ['question']
        const decoded = roundTrip({ type: 'RoomState', view, room, answers })
        expectDecoded(decoded, { type: 'RoomState', view, room: roomAsDecoded(room), answers })
        if (decoded?.type !== 'RoomState') throw new Error('not a room state')
        expect(hashRoomState(decoded.room)).toBe(hashRoomState(room))
      }),
    )
  })

  it.for<readonly [string, RoomLogEntry]>([
    ['an update', change(detectUpdated(completeMessage))],
    ['a deletion with a trace', change(detectUpdated({ ...completeMessage, state: 'DELETED' }))],
    ['a deletion', change(detectDeleted(completeMessage))],
    ['a gap', change(detectGap('HISTORY_LIMIT', { micros: 1000, id: 'a' }, { micros: 3000, id: 'b' }))],
    ['an update of the room', change(roomUpdate)],
    [
      'a state of the room',
      { type: 'RoomState', view: 'VISITOR', room: completeRoom, answers: ['question'] },
    ],
  ])('is unreadable with a missing or wrong field: %s', ([, entry]) => {
    expectStrictDecoding(encodeRoomLogEntry(entry), decodeRoomLogEntry, optionalFields)
  })

  it.for([
    ['"kind":"TEXT"', '"kind":"VIDEO"'],
    ['"type":"MessageUpdated"', '"type":"MessageMoved"'],
    ['"createdAt":1', '"createdAt":1e16'],
    ['"createdAt":1', '"createdAt":1.5'],
    ['"idsHash":"abcdefgh"', '"idsHash":"abc"'],
    ['"reopens":true', '"reopens":false'],
  ] as const)('is unreadable with %s replaced by %s', ([known, unknown]) => {
    const text = encodeRoomLogEntry(change(detectUpdated(completeMessage)))
    expect(decodeRoomLogEntry(text.replace(known, unknown))).toBeNull()
    expect(text).toContain(known)
  })

  it('is unreadable where it is any other text', () => {
    for (const text of ['', 'null', '[]', '{}', '{"type":"Change"}', '['.repeat(100_000)]) {
      expect(decodeRoomLogEntry(text)).toBeNull()
      expect(decodeRoomLogSnapshot(text)).toBeNull()
    }
    fc.assert(
      fc.property(fc.oneof(anyText, fc.json()), (text) => {
        expect(decodeRoomLogEntry(text)).toBeNull()
        expect(decodeRoomLogSnapshot(text)).toBeNull()
      }),
    )
  })
})

describe('a snapshot of a room', () => {
  it('keeps messages and states', () => {
    const anySnapshot: fc.Arbitrary<RoomLogSnapshot> = fc.record({
      messages: fc.array(anyMessage, { maxLength: 4 }),
      from: fc.option(anyPosition),
      watermark: anyWatermark,
      rooms: fc.record({ OPERATOR: anyRoom, VISITOR: anyRoom }, { requiredKeys: [] }),
    })
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const { messages, rooms } = snapshot
        expectDecoded(decodeRoomLogSnapshot(encodeRoomLogSnapshot(snapshot)), {
          ...snapshot,
          messages: messages.map(messageAsDecoded),
          rooms: Object.fromEntries(Object.entries(rooms).map(([view, room]) => [view, roomAsDecoded(room)])),
        })
      }),
    )
  })

  it('is unreadable with a missing or wrong field', () => {
    const snapshot = {
      messages: [completeMessage],
      from: watermark.position,
      watermark,
      rooms: { OPERATOR: completeRoom, VISITOR: completeRoom },
    }
    expectStrictDecoding(encodeRoomLogSnapshot(snapshot), decodeRoomLogSnapshot, [
      ...optionalFields,
      'OPERATOR',
      'VISITOR',
    ])
  })
})

describe('a file that the provider keeps', () => {
  const url = 'https://files.example.org/secret/a.png'
  const fields: Partial<Message> = { kind: 'FILE', attachments: [attachment({ providerUrl: url })] }
  const withFile = message('one', 1, fields)
  const texts = [
    encodeRoomLogEntry(change(detectUpdated(withFile))),
    encodeRoomLogEntry({
      type: 'RoomState',
      view: 'OPERATOR',
      room: { ...completeRoom, lastMessage: withFile },
      answers: [],
    }),
    encodeRoomLogSnapshot({ messages: [withFile], from: null, watermark, rooms: {} }),
  ]

  it('is in no text with its address', () => {
    for (const text of texts) expect(text).not.toMatch(/secret|providerUrl/)
  })

  it('is no change for a reader that has read the message here', () => {
    const decoded = decodedMessage(withFile)
    expect(decoded).toStrictEqual(messageAsDecoded(withFile))
    const snapshot = new RoomSnapshot()
    snapshot.diff({ messages: [decoded], from: null })
    expect(snapshot.diff({ messages: [withFile], from: null })).toEqual([])
    const other = message('one', 1, { ...fields, attachments: [attachment({ providerUrl: `${url}?2` })] })
    expect(snapshot.diff({ messages: [other], from: null })).toHaveLength(1)
  })

  it('keeps its version over several processes', () => {
    const decoded = decodedMessage(decodedMessage(withFile))
    expect(decoded).toStrictEqual(messageAsDecoded(withFile))
    expectSameVersion(decoded, withFile)
  })
})

function change(detected: DetectedChange): RoomLogEntry {
  return { type: 'Change', detected, watermark, fingerprint }
}

function roundTrip(entry: RoomLogEntry): RoomLogEntry | null {
  return decodeRoomLogEntry(encodeRoomLogEntry(entry))
}

function asDecoded({ change: original, message: read, ...order }: DetectedChange): DetectedChange {
  const decoded = read && messageAsDecoded(read)
  if (decoded && 'message' in original) {
    return { ...order, change: { ...original, message: decoded }, message: decoded }
  }
  return { ...order, change: original, message: decoded }
}

function decodedMessage(original: Message): Message {
  const snapshot = { messages: [original], from: null, watermark, rooms: {} }
  const [decoded] = decodeRoomLogSnapshot(encodeRoomLogSnapshot(snapshot))?.messages ?? []
  if (!decoded) throw new Error('unreadable')
  return decoded
}

function expectSameVersion(decoded: Message | null, original: Message | null): void {
  if (!decoded || !original) throw new Error('no message')
  expect(messageVersion(decoded)).toBe(messageVersion(original))
  const read = { isOutdated: false }
  expect(encodeVersion({ ...read, message: decoded })).toBe(encodeVersion({ ...read, message: original }))
}
