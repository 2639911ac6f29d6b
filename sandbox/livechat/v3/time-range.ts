import { ApiError } from '../api-error.ts'
import { type MicrosTimestamp, parseTimestamp } from '../store/timestamps.ts'
import type { Schema } from './input.ts'

/** `from` and `to` as sent: RFC 3339 with microseconds and offset (docs/providers/livechat.md 3.2). */
export interface TimeRange {
  readonly from?: string
  readonly to?: string
}

/** The schemas of `from` and `to`, for `shape`. */
export const timeRange: Readonly<Record<string, Schema>> = {
  from: { type: 'string' },
  to: { type: 'string' },
}

/** Both ends as timestamps, open where absent. Throws validation for a text that is no RFC 3339 date-time. */
export function readRange({ from, to }: TimeRange): { from: MicrosTimestamp; to: MicrosTimestamp } {
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : readTimestamp(from, 'filters.from'),
    to: to === undefined ? Number.POSITIVE_INFINITY : readTimestamp(to, 'filters.to'),
  }
}

/** Reads an RFC 3339 argument. Throws validation. */
export function readTimestamp(value: string, path: string): MicrosTimestamp {
  const timestamp = parseTimestamp(value)
  if (timestamp === null) throw new ApiError('validation', `\`${path}\` must be an RFC 3339 date-time`)
  return timestamp
}

/** Whether a time is within the range, ends included. */
export const isWithin = (
  timestamp: MicrosTimestamp,
  range: { from: MicrosTimestamp; to: MicrosTimestamp },
): boolean => timestamp >= range.from && timestamp <= range.to
