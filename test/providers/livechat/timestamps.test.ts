import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMicros, parseMicros } from '../../../src/providers/livechat/timestamps.ts'

describe('a LiveChat timestamp', () => {
  it.each([
    ['2026-01-02T03:04:05.000001Z', 1_767_323_045_000_001],
    ['2026-01-02T03:04:05Z', 1_767_323_045_000_000],
    ['2026-01-02T03:04:05.5Z', 1_767_323_045_500_000],
    ['2026-01-02T03:04:05.123456789Z', 1_767_323_045_123_456],
    ['2026-01-02T05:04:05.000001+02:00', 1_767_323_045_000_001],
    ['2026-01-01 22:34:05.000001-04:30', 1_767_323_045_000_001],
    ['2026-01-02t03:04:05.000001z', 1_767_323_045_000_001],
    ['1969-12-31T23:59:59.999999Z', -1],
  ])('%s is %d microseconds', (text, micros) => {
    expect(parseMicros(text)).toBe(micros)
  })

  it.each([
    '',
    'yesterday',
    '2026-01-02',
    '2026-01-02T03:04:05',
    '2026-13-02T03:04:05Z',
    '2026-01-02T03:04:05.Z',
    '1767323045',
  ])('%j is invalid', (text) => {
    expect(parseMicros(text)).toBeNull()
  })

  it('is parsed as it was formatted, to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000_000 }), (micros) => {
        expect(parseMicros(formatMicros(micros))).toBe(micros)
      }),
    )
  })
})
