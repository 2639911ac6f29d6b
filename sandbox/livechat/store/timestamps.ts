/** A time in microseconds since the epoch, LiveChat's own resolution (docs/providers/livechat.md 3.5). */
export type MicrosTimestamp = number

/** Creates a clock whose times never repeat nor go back, so that order survives within a millisecond. */
export function createMonotonicClock(now: () => number): () => MicrosTimestamp {
  let last = 0
  return () => {
    const wall = now() * 1000
    // Only a clock that stands still is advanced: a test clock that is set back by days is followed.
    last = wall <= last && last - wall < 1_000_000 ? last + 1 : wall
    return last
  }
}

/** Converts epoch milliseconds. */
export const timestampOf = (ms: number): MicrosTimestamp => Math.floor(ms) * 1000

/** Formats a timestamp for the wire: `2026-01-02T03:04:05.000001Z`. */
export function formatTimestamp(timestamp: MicrosTimestamp): string {
  const micros = String(timestamp % 1000).padStart(3, '0')
  return `${new Date(Math.floor(timestamp / 1000)).toISOString().slice(0, -1)}${micros}Z`
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/

/** Reads an RFC 3339 date-time of any offset to the microsecond; null if it is none. */
export function parseTimestamp(text: string): MicrosTimestamp | null {
  const [, seconds, fraction = '', offset] = RFC_3339.exec(text) ?? []
  if (seconds === undefined) return null
  const ms = Date.parse(`${seconds}${offset}`)
  return Number.isNaN(ms) ? null : ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}
