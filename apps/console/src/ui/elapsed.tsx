import { useEffect, useState } from 'react'
import { useFormats } from '../texts/language-context.tsx'

const TICK_MS = 10_000

interface ElapsedProps {
  readonly since: string
  /** Puts the duration into words; by default it stands alone. */
  readonly label?: (duration: string) => string
}

/** How long something lasts already. It keeps counting. */
export function Elapsed({ since, label = (duration) => duration }: ElapsedProps) {
  const { duration, full } = useFormats()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  // The clocks of the provider and this computer differ.
  const elapsedMs = Math.max(0, now - Date.parse(since))
  return (
    <time dateTime={since} title={full(since)}>
      {label(duration(elapsedMs))}
    </time>
  )
}
