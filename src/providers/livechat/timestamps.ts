const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/

/** Parses an RFC 3339 time with any offset to whole microseconds since 1970; null for any other text. */
export function parseMicros(text: string): number | null {
  const [, day, time, fraction = '', zone] = RFC_3339.exec(text) ?? []
  if (day === undefined || time === undefined) return null
  const ms = Date.parse(`${day}T${time}${zone?.toUpperCase()}`)
  return Number.isNaN(ms) ? null : ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}

/** Formats microseconds as LiveChat does: `2026-01-02T03:04:05.000001Z` (docs/providers/livechat.md 3.2). */
export function formatMicros(micros: number): string {
  const rest = String(micros % 1000).padStart(3, '0')
  return `${toDate(micros).toISOString().slice(0, -1)}${rest}Z`
}

/** Converts microseconds to a Date, rounded down to the millisecond. */
export function toDate(micros: number): Date {
  return new Date(Math.floor(micros / 1000))
}
