/** Calendar days as `YYYY-MM-DD`: arithmetic without hours, so no time zone can get in between. */

const DAY_MS = 86_400_000

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
