import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNestedTooDeep, MAX_JSON_DEPTH, parseJson } from '../../src/domain/json.ts'

const nested = (depth: number, inmost = '1') => '['.repeat(depth) + inmost + ']'.repeat(depth)

describe('JSON', () => {
  it('has the depth of its deepest array or object', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthIdentifier: 'value' }, fc.jsonValue(), tie('array'), tie('object')),
      array: fc.array(tie('value'), { depthIdentifier: 'value', maxLength: 3 }),
      object: fc.dictionary(fc.string(), tie('value'), { depthIdentifier: 'value', maxKeys: 3 }),
    }))
    const around = fc.integer({ min: MAX_JSON_DEPTH - 12, max: MAX_JSON_DEPTH + 2 })
    const text = fc.tuple(around, value, fc.constantFrom(0, 1)).map(([depth, inner, indent]) => {
      return nested(depth, JSON.stringify(inner, null, indent))
    })
    fc.assert(
      fc.property(text, (json) => {
        expect(isNestedTooDeep(json)).toBe(depthOf(JSON.parse(json)) > MAX_JSON_DEPTH)
      }),
    )
  })

  it.for([
    [MAX_JSON_DEPTH, false],
    [MAX_JSON_DEPTH + 1, true],
    [500_000, true],
  ] as const)('with %d levels is too deep: %s', ([depth, isTooDeep]) => {
    expect(isNestedTooDeep(nested(depth))).toBe(isTooDeep)
    expect(isNestedTooDeep(nested(depth).replaceAll('[', '{"a":').replaceAll(']', '}'))).toBe(isTooDeep)
    expect(parseJson(nested(depth)) === undefined).toBe(isTooDeep)
  })

  it('does not count brackets in strings', () => {
    const text = `${'['.repeat(200)}\\"${'{'.repeat(200)}\\\\`
    expect(isNestedTooDeep(JSON.stringify([text, { [text]: text }]))).toBe(false)
  })

  it('that ends inside a string is invalid', () => {
    expect(parseJson(`["${'['.repeat(200)}\\`)).toBeUndefined()
  })
})

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
