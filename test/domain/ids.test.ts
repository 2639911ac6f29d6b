import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeId, encodeId, type GlobalId } from '../../src/domain/ids.ts'
import { anyText, nonToken, otherEncodings } from './token-arbitraries.ts'

const anyId: fc.Arbitrary<GlobalId> = fc.oneof(
  fc.record({ type: fc.constant('Provider' as const), provider: anyText }),
  fc.record({ type: fc.constant('Room' as const), provider: anyText, roomId: anyText }),
  fc.record({
    type: fc.constant('Message' as const),
    provider: anyText,
    ref: fc.record({ roomId: anyText, threadId: fc.option(anyText), messageId: anyText }),
  }),
  fc.record({ type: fc.constant('OfflineMessage' as const), provider: anyText, key: anyText }),
  fc.record({ type: fc.constant('Department' as const), provider: anyText, departmentId: anyText }),
)

describe('a global id', () => {
  it('round-trips any native ids', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(decodeId(encodeId(id))).toEqual(id)
      }),
    )
  })

  it('is equal exactly for equal objects', () => {
    fc.assert(
      fc.property(anyId, anyId, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect(encodeId(one) === encodeId(other)).toBe(same)
      }),
    )
  })

  it('needs no escaping in a URL', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(encodeId(id)).toMatch(/^[\w-]+$/)
      }),
    )
  })

  it('distinguishes native ids whose concatenations are equal', () => {
    const message = (roomId: string, threadId: string | null, messageId: string) =>
      encodeId({ type: 'Message', provider: 'livechat', ref: { roomId, threadId, messageId } })
    const ids = [
      message('a', 'b', 'c'),
      message('ab', '', 'c'),
      message('a', null, 'bc'),
      message('a,b', 'c', ''),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('decoding a text that is not a global id', () => {
  it('returns null and never throws', () => {
    fc.assert(
      fc.property(nonToken, (text) => {
        const id = decodeId(text)
        expect(id === null || encodeId(id) === text).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('returns null for every non-canonical encoding', () => {
    const spellings = anyId.chain((id) => {
      const code = encodeId(id)
      return otherEncodings(code).filter((other) => other !== code)
    })
    fc.assert(
      fc.property(spellings, (text) => {
        expect(decodeId(text)).toBeNull()
      }),
    )
  })

  it('returns null for a text above the maximum length', () => {
    const long = encodeId({ type: 'Room', provider: 'livechat', roomId: 'r'.repeat(10_000) })
    expect(decodeId(long)).toBeNull()
  })

  it.each([
    [[1, 'x', 'livechat', 'a']],
    [[1, 'r', 'livechat']],
    [[1, 'r', 'livechat', 7]],
    [[1, 'r', null, 'a']],
    [[2, 'r', 'livechat', 'a']],
    [[1, 'r', 'livechat', 'a', 'b']],
    [[1, 'p', 'livechat', 'a']],
    [[1, 'm', 'livechat', 'a', null]],
    [[1, 'm', 'livechat', 'a', 1, 'c']],
    [{}],
    [null],
  ])('returns null for %j', (parts) => {
    expect(decodeId(Buffer.from(JSON.stringify(parts)).toString('base64url'))).toBeNull()
  })
})
