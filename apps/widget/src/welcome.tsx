import { useEffect, useState } from 'preact/hooks'
import type { WidgetProvidersQuery } from '../generated/graphql.ts'
import { ProvidersQuery } from './documents.ts'
import type { Gateway } from './gateway.ts'
import { OfflineForm } from './offline-form.tsx'
import { StartForm } from './start-form.tsx'
import type { Visit } from './stored-session.ts'

type Provider = WidgetProvidersQuery['providers'][number]

interface ReceptionProps {
  readonly gateway: Gateway
  readonly onBegun: (visit: Visit) => void
}

/** Before a conversation: a form to begin one, or to leave a message where nobody is there. */
export function Reception({ gateway, onBegun }: ReceptionProps) {
  const [providers, setProviders] = useState<readonly Provider[]>([])
  const [chosen, setChosen] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  // Somebody may leave between the question and the start: the provider has the last word.
  const [nobodyAt, setNobodyAt] = useState<string | null>(null)
  useEffect(() => {
    void gateway.ask(ProvidersQuery, {}).then((answer) => {
      setProviders(answer.data?.providers.filter(canHelp) ?? [])
      setFault(answer.fault)
    })
  }, [gateway])

  const provider = providers.find(({ name }) => name === chosen) ?? providers[0]
  if (!provider) return <p class="note">{fault ?? 'One moment…'}</p>
  const isManned = nobodyAt !== provider.name && mayAnswer(provider)
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
      {isManned ? (
        <StartForm
          key={provider.name}
          gateway={gateway}
          provider={provider.name}
          onBegun={onBegun}
          onNobody={() => setNobodyAt(provider.name)}
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

/** Whether a conversation makes sense: somebody is there, or the provider does not tell. */
function mayAnswer({ capabilities, online }: Provider): boolean {
  return capabilities.includes('START_ROOM') && online !== false
}
