import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeListCursor, encodeListCursor } from '../../../src/schema/pagination/list-cursor.ts'
import { anyText, nonToken, otherEncodings } from '../../domain/token-arbitraries.ts'

/** A valid name of an account. */
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/)
const position = fc.option(fc.oneof(anyText, fc.maxSafeInteger()))
const positions = fc.dictionary(name, position, { noNullPrototype: true })

describe('a cursor of a merged list', () => {
  it('decodes to the encoded positions', () => {
    fc.assert(
      fc.property(positions, (listPositions) => {
        expect(decodeListCursor(encodeListCursor(listPositions))).toEqual(listPositions)
      }),
    )
  })

  it('has room for the positions of more than a hundred accounts', () => {
    const accounts = Array.from({ length: 128 }, (_, index) => [`livechat-${index}`, 'x'.repeat(500)])
    const listPositions = Object.fromEntries(accounts)
    expect(decodeListCursor(encodeListCursor(listPositions))).toEqual(listPositions)
  })

  it('has one encoding, independent of the order of the providers', () => {
    fc.assert(
      fc.property(positions, (listPositions) => {
        const reversed = Object.fromEntries(Object.entries(listPositions).reverse())
        expect(encodeListCursor(reversed)).toBe(encodeListCursor(listPositions))
      }),
    )
  })
})

describe('a text that is no cursor of a list', () => {
  it('decodes to null, and never throws', () => {
    fc.assert(
      fc.property(nonToken, (text) => {
        const listPositions = decodeListCursor(text)
        expect(listPositions === null || encodeListCursor(listPositions) === text).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('decodes to null for every other encoding of a cursor', () => {
    const spellings = positions.chain((listPositions) => {
      const code = encodeListCursor(listPositions)
      return otherEncodings(code).filter((other) => other !== code)
    })
    fc.assert(
      fc.property(spellings, (text) => {
        expect(decodeListCursor(text)).toBeNull()
      }),
    )
  })

  it.each([
    [[1]],
    [[1, []]],
    [[1, { a: true }]],
    [[1, { a: 1.5 }]],
    [[1, null]],
    [[2, {}]],
    [[1, {}, {}]],
    [{ a: null }],
  ])('decodes to null for %j', (parts) => {
    expect(decodeListCursor(Buffer.from(JSON.stringify(parts)).toString('base64url'))).toBeNull()
  })

  it('decodes to null if the name of a provider is a property of Object.prototype', () => {
    const code = Buffer.from('[1,{"__proto__":"x"}]').toString('base64url')
    expect(decodeListCursor(code)).toBeNull()
  })

  it('decodes to null if it is longer than any cursor', () => {
    expect(decodeListCursor(encodeListCursor({ livechat: 'x'.repeat(100_000) }))).toBeNull()
  })
})
