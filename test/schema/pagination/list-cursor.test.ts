import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeListCursor, encodeListCursor } from '../../../src/schema/pagination/list-cursor.ts'
import { anyText, nonToken, otherEncodings } from '../../domain/token-arbitraries.ts'

/** As a configuration may name an account. */
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/)
const positions = fc.dictionary(name, fc.option(anyText), { noNullPrototype: true })

describe('a cursor of a merged list', () => {
  it('is the places that it was made of', () => {
    fc.assert(
      fc.property(positions, (places) => {
        expect(decodeListCursor(encodeListCursor(places))).toEqual(places)
      }),
    )
  })

  it('has one spelling, in whatever order the providers come', () => {
    fc.assert(
      fc.property(positions, (places) => {
        const reversed = Object.fromEntries(Object.entries(places).reverse())
        expect(encodeListCursor(reversed)).toBe(encodeListCursor(places))
      }),
    )
  })
})

describe('text that is no cursor of a list', () => {
  it('is null, and never throws', () => {
    fc.assert(
      fc.property(nonToken, (text) => {
        const places = decodeListCursor(text)
        expect(places === null || encodeListCursor(places) === text).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('is null for every other spelling of one', () => {
    const spellings = positions.chain((places) => {
      const code = encodeListCursor(places)
      return otherEncodings(code).filter((other) => other !== code)
    })
    fc.assert(
      fc.property(spellings, (text) => {
        expect(decodeListCursor(text)).toBeNull()
      }),
    )
  })

  it.each([[[1]], [[1, []]], [[1, { a: 1 }]], [[1, null]], [[2, {}]], [[1, {}, {}]], [{ a: null }]])(
    'is null for %j',
    (parts) => {
      expect(decodeListCursor(Buffer.from(JSON.stringify(parts)).toString('base64url'))).toBeNull()
    },
  )

  it('is null where a provider’s name is one that objects have by themselves', () => {
    const code = Buffer.from('[1,{"__proto__":"x"}]').toString('base64url')
    expect(decodeListCursor(code)).toBeNull()
  })

  it('is null where it is longer than any cursor', () => {
    expect(decodeListCursor(encodeListCursor({ livechat: 'x'.repeat(10_000) }))).toBeNull()
  })
})
