import { describe, expect, it } from 'vitest'
import { toPathSegment } from '../../../src/providers/shared/path-segment.ts'

describe('a native id in a path', () => {
  it('is one segment, whatever it holds', () => {
    expect(toPathSegment('a/b?c#d e')).toBe('a%2Fb%3Fc%23d%20e')
  })

  it.each(['', '.', '..', '\ud800'])('is not found if it is %j', (id) => {
    expect(() => toPathSegment(id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})
