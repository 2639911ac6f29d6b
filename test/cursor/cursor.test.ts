import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Cursor,
  decodeCursor,
  encodeCursor,
  hasReadVersion,
  pageCursors,
  pageEndCursor,
} from '../../src/cursor/cursor.ts'
import { FIRST_POSITION, type Message } from '../../src/domain/model.ts'
import { anyText, nonToken, otherEncodings } from '../domain/token-arbitraries.ts'
import { anyFingerprint, anyMicros, anyPosition } from './fingerprint-arbitraries.ts'

const hash = fc.stringMatching(/^[QOHCU][\w-]{6}$/)
const view = fc.constantFrom('OPERATOR', 'VISITOR')
const anyRoomState = fc.oneof(
  fc.record({ view, hash, resend: fc.constantFrom('NONE', 'VERIFY', 'SEND') }),
  fc.record({ view, hash: fc.constant(null), resend: fc.constant('SEND') }),
)
const anyCursor: fc.Arbitrary<Cursor> = fc.record({
  position: anyPosition,
  changeMicros: anyMicros,
  logPosition: fc.option(fc.record({ epoch: anyText, sequence: anyMicros })),
  fingerprint: fc.option(anyFingerprint),
  roomState: fc.option(anyRoomState),
})

describe('a cursor', () => {
  it('round-trips', () => {
    fc.assert(
      fc.property(anyCursor, (cursor) => {
        expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)
      }),
    )
  })

  it('is equal exactly for equal contents', () => {
    fc.assert(
      fc.property(anyCursor, anyCursor, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect(encodeCursor(one) === encodeCursor(other)).toBe(same)
      }),
    )
  })
})

describe('decoding a text that is not a cursor', () => {
  it('returns null and never throws', () => {
    fc.assert(
      fc.property(nonToken, (text) => {
        const cursor = decodeCursor(text)
        expect(cursor === null || encodeCursor(cursor) === text).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('returns null for every non-canonical encoding', () => {
    const spellings = anyCursor.chain((cursor) => {
      const code = encodeCursor(cursor)
      return otherEncodings(code).filter((other) => other !== code)
    })
    fc.assert(
      fc.property(spellings, (text) => {
        expect(decodeCursor(text)).toBeNull()
      }),
    )
  })

  it.each([
    [[2, -1, 'a', 0, null, null]],
    [[2, 1.5, 'a', 0, null, null]],
    [[2, 2 ** 53, 'a', 0, null, null]],
    [[2, 1, 'a', null, null, null]],
    [[2, 1, 'a', 0, ['epoch'], null]],
    [[2, 1, 'a', 0, ['epoch', -1], null]],
    [[2, 1, 'a', 0, null]],
    [[2, 1, 'a', 0, null, [1, 'a', 'abcdefg', 0, '']]],
    [[2, 1, 'a', 0, null, [1, 'a', 'abcdefgh', 0, 'abcdefghi']]],
    [[2, 1, 'a', 0, null, [1, 'a', 'abcdefgh', -1, '']]],
    [[2, 1, 'a', 0, null, [-1, 'a', 'abcdefgh', 0, '']]],
    [[1, 1, 'a', 0, null, null]],
    [[3, 1, 'a', 0, null, null]],
    [[4, 1, 'a', 0, null, null]],
    [[2, 1, 'a', 0, null, null, 'oOabcdef']],
    [[3, 1, 'a', 0, null, null, null]],
    [[3, 1, 'a', 0, null, null, 'o']],
    [[3, 1, 'a', 0, null, null, 'oXabcdef']],
    [[3, 1, 'a', 0, null, null, 'oOabcde']],
    [[3, 1, 'a', 0, null, null, 'oOabcdef?']],
    [[3, 1, 'a', 0, null, null, 'o~']],
  ])('returns null for %j', (parts) => {
    expect(decodeCursor(Buffer.from(JSON.stringify(parts)).toString('base64url'))).toBeNull()
  })
})

describe('the cursor at the end of a page', () => {
  const message = (id: string, at: number, editedAt: number | null): Message => ({
    type: 'Message',
    provider: 'rocketchat',
    ref: { roomId: 'room', threadId: null, messageId: id },
    position: { micros: at * 1000, id },
    kind: 'TEXT',
    text: 'Hello',
    author: null,
    visibility: 'EVERYONE',
    state: editedAt === null ? 'ACTIVE' : 'EDITED',
    createdAt: new Date(at),
    editedAt: editedAt === null ? null : new Date(editedAt),
    editedBy: null,
    attachments: [],
    form: null,
    buttons: [],
    systemEvent: null,
  })

  it('follows the newest message and covers the edits of all messages', () => {
    const page = [message('a', 1, 50), message('b', 2, null), message('c', 3, 10)]
    expect(pageEndCursor(page, FIRST_POSITION)).toMatchObject({
      position: { micros: 3000, id: 'c' },
      changeMicros: 50_000,
      logPosition: null,
    })
  })

  it('is null for an empty page', () => {
    expect(pageEndCursor([], FIRST_POSITION)).toBeNull()
  })

  it('equals the cursor of the last message', () => {
    const page = [message('a', 1, 50), message('b', 2, null), message('c', 3, 10)]
    expect(pageCursors(page, FIRST_POSITION).at(-1)?.cursor).toEqual(pageEndCursor(page, FIRST_POSITION))
  })

  it('covers any number of edits of earlier messages', () => {
    const page = Array.from({ length: 70 }, (_, index) => message(`m${1000 + index}`, index, 90_000 - index))
    const [last, ...before] = [...pageCursors([...page, message('z', 100, null)], FIRST_POSITION)].reverse()
    expect(before).toHaveLength(70)
    expect(page.filter((one) => last && !hasReadVersion(last.cursor, one))).toEqual([])
  })

  it('distinguishes ids that contain separators', () => {
    const ids = (...all: string[]) =>
      pageEndCursor(
        all.map((id, at) => message(id, at, null)),
        FIRST_POSITION,
      )?.fingerprint?.idsHash
    expect(ids('a\nb', 'c')).not.toBe(ids('a', 'b\nc'))
    expect(ids('a","b', 'c')).not.toBe(ids('a', 'b","c'))
  })

  it('covers the later of creation and edit of a single message', () => {
    expect(pageCursors([message('a', 4, null)], FIRST_POSITION)[0]?.cursor.changeMicros).toBe(4000)
    expect(pageCursors([message('a', 4, 9)], FIRST_POSITION)[0]?.cursor.changeMicros).toBe(9000)
  })
})
