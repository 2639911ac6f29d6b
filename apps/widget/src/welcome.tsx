import { useEffect, useState } from 'preact/hooks'
import type { WidgetProvidersQuery } from '../generated/graphql.ts'
import { ProvidersQuery } from './documents.ts'
import type { Gateway } from './gateway.ts'
import { OfflineForm } from './offline-form.tsx'
import { StartForm } from './start-form.tsx'
import type { StoredSession } from './stored-session.ts'

type Provider = WidgetProvidersQuery['providers'][number]

interface WelcomeProps {
  readonly gateway: Gateway
  readonly onStarted: (session: StoredSession) => void
}

/** Shown before a conversation: a form to start one, or to send an offline message where no agent is online. */
export function Welcome({ gateway, onStarted }: WelcomeProps) {
  const [providers, setProviders] = useState<readonly Provider[]>([])
  const [chosen, setChosen] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  // The last agent can go offline between the query and the start: the provider decides.
  const [unavailableProvider, setUnavailableProvider] = useState<string | null>(null)
  useEffect(() => {
    void gateway.ask(ProvidersQuery, {}).then((answer) => {
      setProviders(answer.data?.providers.filter(canHelp) ?? [])
      setError(answer.error)
    })
  }, [gateway])

  const provider = providers.find(({ name }) => name === chosen) ?? providers[0]
  if (!provider) return <p class="note">{error ?? 'One moment…'}</p>
  const isAvailable = unavailableProvider !== provider.name && mayAnswer(provider)
  return (
    <>
      {providers.length > 1 && (
        <p class="field">
          <label for="provider">Where to</label>
          <select
            id="provider"
            value={provider.name}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {providers.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </p>
      )}
      {isAvailable ? (
        <StartForm
          key={provider.name}
          gateway={gateway}
          provider={provider.name}
          onStarted={onStarted}
          onUnavailable={() => setUnavailableProvider(provider.name)}
        />
      ) : (
        <OfflineForm key={provider.name} gateway={gateway} provider={provider.name} />
      )}
    </>
  )
}

function canHelp({ capabilities }: Provider): boolean {
  return capabilities.includes('START_ROOM') || capabilities.includes('SEND_OFFLINE_MESSAGE')
}

/** Whether to offer a conversation: an agent is online, or the provider does not say. */
function mayAnswer({ capabilities, online }: Provider): boolean {
  return capabilities.includes('START_ROOM') && online !== false
}
