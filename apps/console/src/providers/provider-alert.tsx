import { useReports } from './provider-reports.ts'

/** Shows the unhealthy providers on every page. */
export function ProviderAlert() {
  const { providers } = useReports()
  const troubled = providers.filter(({ health }) => health.status === 'DOWN' || health.status === 'DEGRADED')
  return (
    <div role="status" className="provider-alert">
      {troubled.map(({ id, name, health }) => (
        <p key={id}>
          <strong>{name}</strong> is {health.status === 'DOWN' ? 'down' : 'having problems'}
          {health.reason ? `: ${health.reason}` : '.'}
        </p>
      ))}
    </div>
  )
}
