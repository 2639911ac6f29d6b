/** Arithmetic on calendar days (`YYYY-MM-DD`). It uses no hours, so time zones cannot distort it. */

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** No time zone is further from UTC than this. */
const MAX_UTC_OFFSET_MS = 15 * 60 * MINUTE_MS
/**
 * Number of days that a list of offline messages covers by default, including today
 * (docs/providers/livechat.md 1.1).
 */
const DEFAULT_DAYS = 7

/** A range of days, both inclusive, `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** The days that a client requests; null selects the default. */
export interface RequestedDays {
  readonly from: string | null
  readonly to: string | null
}

/**
 * Resolves the days of a query: by default those since `listStart`, or the last seven in `timeZone`. `listStart` is the
 * first day of a list whose next page is read, because midnight can pass between two pages.
 */
export function resolveDayRange(
  { from, to }: RequestedDays,
  timeZone: string,
  listStart: string | null,
  now: Date = new Date(),
): DayRange {
  const today = toCalendarDay(timeZone, now)
  const last = to ?? (from !== null && from > today ? from : today)
  return { from: from ?? listStart ?? addDays(last, 1 - DEFAULT_DAYS), to: last }
}

/** One format per time zone, as formats are slow to create. */
const formatsByTimeZone = new Map<string, Intl.DateTimeFormat>()

/** The day that a clock in `timeZone` shows at `now`. */
export function toCalendarDay(timeZone: string, now: Date): string {
  let format = formatsByTimeZone.get(timeZone)
  if (!format) {
    // Canadian English formats dates like ISO 8601.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
    formatsByTimeZone.set(timeZone, format)
  }
  return format.format(now)
}

/** Finds the first minute at which a clock in `timeZone` shows `day`, or a later day where the zone skips that one. */
export function startOfDay(timeZone: string, day: string): Date {
  const midnight = Date.parse(day)
  let before = midnight - MAX_UTC_OFFSET_MS
  let at = midnight + MAX_UTC_OFFSET_MS
  while (at - before > MINUTE_MS) {
    const middle = before + Math.ceil((at - before) / MINUTE_MS / 2) * MINUTE_MS
    if (toCalendarDay(timeZone, new Date(middle)) < day) before = middle
    else at = middle
  }
  return new Date(at)
}

/** Adds `count` days, which can be negative. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** Counts the days from `from` to `to`, both included. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}
