import { z } from 'zod'

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/

/** An RFC 3339 moment of any offset in whole microseconds since 1970, exactly; null for anything else. */
export function parseMicros(text: string): number | null {
  const [, day, time, fraction = '', zone] = RFC_3339.exec(text) ?? []
  if (day === undefined || time === undefined) return null
  const ms = Date.parse(`${day}T${time}${zone?.toUpperCase()}`)
  return Number.isNaN(ms) ? null : ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}

/** Microseconds as LiveChat writes them: `2026-01-02T03:04:05.000001Z` (docs/providers/livechat.md 3.2). */
export function formatMicros(micros: number): string {
  const rest = String(micros % 1000).padStart(3, '0')
  return `${toDate(micros).toISOString().slice(0, -1)}${rest}Z`
}

/** The millisecond that a microsecond lies in. */
export function toDate(micros: number): Date {
  return new Date(Math.floor(micros / 1000))
}

/** A moment on the wire, as microseconds (docs/providers/livechat.md 3.5). */
export const timestamp = z.string().transform((text, ctx) => {
  const micros = parseMicros(text)
  if (micros !== null) return micros
  ctx.addIssue('is no RFC 3339 moment')
  return z.NEVER
})
