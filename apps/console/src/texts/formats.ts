/** Dates and numbers in the words of a locale. Timestamps are ISO 8601. */
export interface Formats {
  /** The time of today, the date of earlier days. */
  short(at: string): string
  timeOfDay(at: string): string
  /** Date and time, complete. */
  full(at: string): string
  /** The day in words: today, yesterday, or its weekday and date, of earlier years with the year. */
  day(at: string): string
  /** A date without a time, as YYYY-MM-DD. */
  date(on: string): string
  number(value: number): string
  /** A duration in seconds with one decimal. */
  seconds(ms: number): string
  /** A duration in its largest unit: 12 minutes, 3 hours or 5 days. Less than a minute counts as one. */
  duration(ms: number): string
  list(items: readonly string[]): string
  /** A share from 0 to 1. */
  percent(share: number): string
  /** A size in bytes, in its largest unit. */
  size(bytes: number): string
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export function createFormats(locale: string): Formats {
  const timeOfDay = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
  const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
  const inFull = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })
  const inDays = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
  const dateOnly = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const inDaysOfYears = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const relativeDays = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const percents = new Intl.NumberFormat(locale, { style: 'percent' })
  const sizes = (unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: 3 })
  const sizeUnits = [
    { bytes: 1_000_000, format: sizes('megabyte') },
    { bytes: 1_000, format: sizes('kilobyte') },
  ]
  const wholeBytes = sizes('byte')
  const numbers = new Intl.NumberFormat(locale)
  const lists = new Intl.ListFormat(locale, { type: 'unit', style: 'short' })
  const units = (unit: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
  const decimalSeconds = units('second', 1)
  const minutes = { ms: MINUTE_MS, format: units('minute') }
  const wholeUnits = [{ ms: DAY_MS, format: units('day') }, { ms: HOUR_MS, format: units('hour') }, minutes]
  return {
    short: (at) => {
      const date = new Date(at)
      const isToday = date.toDateString() === new Date().toDateString()
      return (isToday ? timeOfDay : dayAndMonth).format(date)
    },
    timeOfDay: (at) => timeOfDay.format(new Date(at)),
    full: (at) => inFull.format(new Date(at)),
    day: (at) => {
      const date = new Date(at)
      const now = new Date()
      const daysAgo = daysBetween(date, now)
      if (daysAgo < 2) return capitalize(relativeDays.format(-daysAgo, 'day'), locale)
      return (date.getFullYear() === now.getFullYear() ? inDays : inDaysOfYears).format(date)
    },
    date: (on) => dateOnly.format(new Date(on)),
    number: (value) => numbers.format(value),
    seconds: (ms) => decimalSeconds.format(ms / 1000),
    duration: (ms) => {
      const { ms: unitMs, format } = wholeUnits.find((unit) => ms >= unit.ms) ?? minutes
      return format.format(Math.max(1, Math.floor(ms / unitMs)))
    },
    list: (items) => lists.format(items),
    percent: (share) => percents.format(share),
    size: (bytes) => {
      const unit = sizeUnits.find((candidate) => bytes >= candidate.bytes)
      return unit ? unit.format.format(bytes / unit.bytes) : wholeBytes.format(bytes)
    },
  }
}

/** Calendar days between two times in the browser's time zone; 0 if the first is later. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  return Math.max(0, Math.round((midnight(to) - midnight(from)) / DAY_MS))
}

function capitalize(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}
