import { useReports } from './provider-reports.ts'

/** Says which providers are not answering, on every page. */
export function Trouble() {
  const { providers } = useReports()
  const troubled = providers.filter(({ health }) => health.status === 'DOWN' || health.status === 'DEGRADED')
  return (
    <div role="status" className="trouble">
      {troubled.map(({ id, name, health }) => (
        <p key={id}>
          <strong>{name}</strong> is {health.status === 'DOWN' ? 'down' : 'in trouble'}
          {health.reason ? `: ${health.reason}` : '.'}
        </p>
      ))}
    </div>
  )
}
