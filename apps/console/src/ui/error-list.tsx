import type { DisplayedError } from './displayed-errors.ts'

/** Lists errors above the partial data. */
export function ErrorList({ errors }: { readonly errors: readonly DisplayedError[] }) {
  if (errors.length === 0) return null
  return (
    <ul className="errors" role="alert">
      {errors.map(({ provider, text }) => (
        <li key={`${provider} ${text}`}>{provider === null ? text : `${provider}: ${text}`}</li>
      ))}
    </ul>
  )
}
