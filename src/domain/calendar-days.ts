/** Calendar days as `YYYY-MM-DD`: arithmetic without hours, so no time zone can get in between. */

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** No clock is further from UTC than this. */
const WIDEST_OFFSET_MS = 15 * 60 * MINUTE_MS
/**
 * How many days a list of offline messages covers by default, today included
 * (docs/providers/livechat.md 1.1).
 */
const DEFAULT_DAYS = 7

/** A window of days, both inclusive, `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** The days that somebody asked for; null where it is left to the default. */
export interface RequestedDays {
  readonly from: string | null
  readonly to: string | null
}

/**
 * The days that a query asks for; by default those since `begun`, or the last seven in `timeZone`.
 * `begun` is the first day of a list that is being read on: today moves between two pages.
 */
export function resolveDayRange(
  { from, to }: RequestedDays,
  timeZone: string,
  begun: string | null,
  now: Date = new Date(),
): DayRange {
  const today = toCalendarDay(timeZone, now)
  const last = to ?? (from !== null && from > today ? from : today)
  return { from: from ?? begun ?? addDays(last, 1 - DEFAULT_DAYS), to: last }
}

/** Formats are slow to make and few: one a time zone. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** The day that a clock in `timeZone` shows at `now`. */
export function toCalendarDay(timeZone: string, now: Date): string {
  let format = formats.get(timeZone)
  if (!format) {
    // Canadian English writes dates as ISO does.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
    formats.set(timeZone, format)
  }
  return format.format(now)
}

/** The first minute at which a clock in `timeZone` shows `day`, or a later one where it skips that day. */
export function startOfDay(timeZone: string, day: string): Date {
  const midnight = Date.parse(day)
  let before = midnight - WIDEST_OFFSET_MS
  let at = midnight + WIDEST_OFFSET_MS
  while (at - before > MINUTE_MS) {
    const middle = before + Math.ceil((at - before) / MINUTE_MS / 2) * MINUTE_MS
    if (toCalendarDay(timeZone, new Date(middle)) < day) before = middle
    else at = middle
  }
  return new Date(at)
}

/** `count` days later; negative for earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** How many days from `from` to `to`, both counted. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}
