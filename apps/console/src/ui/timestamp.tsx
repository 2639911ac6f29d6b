const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const inFull = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
const inDays = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })

/** A short timestamp: the time of today, the date of earlier days. The title is complete. */
export function Timestamp({ at }: { readonly at: string }) {
  const date = new Date(at)
  const isToday = date.toDateString() === new Date().toDateString()
  return (
    <time dateTime={at} title={inFull.format(date)}>
      {isToday ? timeOfDay.format(date) : dayAndMonth.format(date)}
    </time>
  )
}

/** The time of day only. */
export function TimeOfDay({ at }: { readonly at: string }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={inFull.format(date)}>
      {timeOfDay.format(date)}
    </time>
  )
}

/** The day of a timestamp, in words. */
export function dayOf(at: string): string {
  return inDays.format(new Date(at))
}
