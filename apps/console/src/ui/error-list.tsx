import type { Fault } from './displayed-errors.ts'

/** Says what failed, above what did not. */
export function FaultList({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.length === 0) return null
  return (
    <ul className="faults" role="alert">
      {faults.map(({ provider, text }) => (
        <li key={`${provider} ${text}`}>{provider === null ? text : `${provider}: ${text}`}</li>
      ))}
    </ul>
  )
}
