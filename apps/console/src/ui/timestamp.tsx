import { useFormats } from '../texts/language-context.tsx'

/** A short timestamp: the time of today, the date of earlier days. The title is complete. */
export function Timestamp({ at }: { readonly at: string }) {
  const formats = useFormats()
  return (
    <time dateTime={at} title={formats.full(at)}>
      {formats.short(at)}
    </time>
  )
}

/** The time of day only. */
export function TimeOfDay({ at }: { readonly at: string }) {
  const formats = useFormats()
  return (
    <time dateTime={at} title={formats.full(at)}>
      {formats.timeOfDay(at)}
    </time>
  )
}
