import type { Texts } from '../texts/en/index.ts'
import { useTexts } from '../texts/language-context.tsx'
import { type ProviderReport, useReports } from './provider-reports.ts'

/** Shows the unhealthy providers on every page. */
export function ProviderAlert() {
  const texts = useTexts()
  const { providers } = useReports()
  const troubled = providers.filter(({ health }) => health.status === 'DOWN' || health.status === 'DEGRADED')
  return (
    <div role="status" className="provider-alert">
      {troubled.map(({ id, name, health }) => (
        <p key={id}>{describeHealth(name, health, texts.providers)}</p>
      ))}
    </div>
  )
}

function describeHealth(
  name: string,
  { status, reason }: ProviderReport['health'],
  texts: Texts['providers'],
): string {
  if (status === 'DOWN') return reason ? texts.isDownBecause(name, reason) : texts.isDown(name)
  return reason ? texts.hasProblemsBecause(name, reason) : texts.hasProblems(name)
}
