import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideLimit } from '../../src/coordination/divide-limit.ts'

const partsOf = (limit: number, isBusy: readonly boolean[]) =>
  isBusy.map((_busy, rank) => divideLimit(limit, isBusy, rank))

describe('a limit', () => {
  it.each([
    { limit: 10, isBusy: [false], parts: [10] },
    { limit: 10, isBusy: [false, false, false], parts: [4, 3, 3] },
    { limit: 10, isBusy: [true, true, true], parts: [4, 3, 3] },
    { limit: 10, isBusy: [false, true, false], parts: [2, 7, 1] },
    { limit: 10, isBusy: [false, true, true], parts: [2, 4, 4] },
    { limit: 600, isBusy: [true, false, false], parts: [400, 100, 100] },
    { limit: 5, isBusy: [false, false, true], parts: [1, 1, 3] },
    { limit: 1, isBusy: [false, true, true], parts: [1, 1, 1] },
  ])('of $limit is divided among $isBusy as $parts', ({ limit, isBusy, parts }) => {
    expect(partsOf(limit, isBusy)).toEqual(parts)
  })

  it('is used up by its parts, and a process gets no less for being busy and no more because others become so', () => {
    const processes = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 })
    const property = fc.property(fc.integer({ min: 1, max: 700 }), processes, (limit, isBusy) => {
      const parts = partsOf(limit, isBusy)
      const sum = parts.reduce((total, part) => total + part, 0)
      if (limit >= isBusy.length) expect(sum).toBe(limit)
      else expect(parts).toEqual(isBusy.map(() => 1))
      const equal = partsOf(
        limit,
        isBusy.map(() => true),
      )
      for (const [rank, part] of parts.entries()) {
        if (isBusy[rank]) expect(part).toBeGreaterThanOrEqual(equal[rank] ?? 0)
        else expect(part).toBeLessThanOrEqual(equal[rank] ?? 0)
      }
      for (const [other, busy] of isBusy.entries()) {
        if (busy) continue
        const more = partsOf(limit, isBusy.with(other, true))
        for (const [rank, part] of more.entries())
          if (rank !== other) expect(part).toBeLessThanOrEqual(parts[rank] ?? 0)
      }
    })
    fc.assert(property, { numRuns: 500 })
  })
})
