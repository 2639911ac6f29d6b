import type { OfflineQuery } from '../../chat/adapter.ts'

/** Calendar days as `YYYY-MM-DD`: arithmetic without hours, so no time zone can get in between. */

const DAY_MS = 86_400_000
/** How many days a list of offline messages covers by default, today included (livechat.md 1.1). */
const DEFAULT_DAYS = 7

/** A window of days, both inclusive, `YYYY-MM-DD`. */
export interface Days {
  readonly from: string
  readonly to: string
}

/**
 * The days that a query asks for; by default those since `begun`, or the last seven in the licence's time zone.
 * `begun` is the first day of a list that is being read on: today moves between two pages.
 */
export function windowOf({ from, to }: OfflineQuery, timeZone: string, begun: string | null): Days {
  const today = dayIn(timeZone, new Date())
  const last = to ?? (from !== null && from > today ? from : today)
  return { from: from ?? begun ?? addDays(last, 1 - DEFAULT_DAYS), to: last }
}

/** The day that a clock in `timeZone` shows at `now`. */
export function dayIn(timeZone: string, now: Date): string {
  // Canadian English writes dates as ISO does.
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now)
}

/** `count` days later; negative for earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** How many days from `from` to `to`, both counted. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}
