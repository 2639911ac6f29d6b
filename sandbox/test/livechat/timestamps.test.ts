import { describe, expect, it } from 'vitest'
import { formatTimestamp, parseTimestamp } from '../../livechat/index.ts'

describe('stamps', () => {
  it.each([
    ['2026-01-02T03:04:05.000001Z', '2026-01-02T03:04:05.000001Z'],
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000000Z'],
    ['2026-01-02T03:04:05.5+02:00', '2026-01-02T01:04:05.500000Z'],
    ['2026-01-02T03:04:05.123456789-00:30', '2026-01-02T03:34:05.123456Z'],
  ])('%s is read as %s', (text, written) => {
    expect(formatTimestamp(parseTimestamp(text) ?? 0)).toBe(written)
  })

  it.each(['2026-01-02', '2026-01-02T03:04:05', '2026-13-02T03:04:05Z', 'now', ''])('%j is none', (text) => {
    expect(parseTimestamp(text)).toBeNull()
  })
})
