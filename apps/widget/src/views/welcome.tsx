import { retry, sendOperation } from '@switchboard/client'
import { useEffect, useState } from 'preact/hooks'
import { providersDocument } from '../documents.ts'
import { useEnvironment } from '../environment.ts'
import type { Failure } from '../gateway/gateway.ts'
import { reportToDeveloper } from '../report.ts'
import type { StoredConversation } from '../state/visitor-storage.ts'
import type { Department, Provider } from './department-field.tsx'
import { OfflineForm } from './offline-form.tsx'
import { Problem } from './problem.tsx'
import { StartForm } from './start-form.tsx'

interface WelcomeProps {
  /** The visitor's last conversation; null for a new visitor. */
  readonly previous: StoredConversation | null
  /** `unsentText` is a first message that the conversation does not contain yet. */
  readonly onStarted: (conversation: StoredConversation, unsentText: string | null) => void
  /** The form can take the focus. */
  readonly onReady: () => void
}

/**
 * Shown before a conversation: a form to start one, or to send an offline message where no agent is online. Without an agent, a
 * provider that takes no offline messages has no form: it would fail in any case.
 */
export function Welcome({ previous, onStarted, onReady }: WelcomeProps) {
  const { settings, gateway, texts } = useEnvironment()
  const [provider, setProvider] = useState<Provider | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  // The last agent can go offline between the query and the start: the provider decides.
  const [isUnavailable, setUnavailable] = useState(false)
  const [loads, setLoads] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the visitor can have it loaded again.
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const load = async () => {
      const { data, errors } = await sendOperation(gateway.session, providersDocument, {}, { signal })
      if (!data) throw errors[0]
      const chosen = chooseProvider(data.providers, settings.provider)
      setProvider(chosen)
      setFailure(chosen ? null : { code: 'PROVIDER_UNAVAILABLE' })
    }
    const onFailure = async (error: unknown) => {
      const failure = await gateway.explain(error)
      if (!signal.aborted) setFailure(failure)
    }
    retry(gateway.session, load, { signal, onFailure: (error) => void onFailure(error) }).catch(onFailure)
    return () => leaving.abort()
  }, [gateway, settings, loads])

  if (!provider) {
    return (
      <div class="form">
        <p class="note" role="status">
          {failure ? '' : texts.loading}
        </p>
        <Problem failure={failure} />
        {failure && (
          <button type="button" class="primary" onClick={() => setLoads((count) => count + 1)}>
            {texts.retry}
          </button>
        )}
      </div>
    )
  }
  const configured = settings.department === null ? null : findDepartment(provider, settings.department)
  const departments = configured ? [configured] : provider.departments
  if (!isUnavailable && mayAnswer(provider) && configured?.online !== false)
    return (
      <StartForm
        provider={provider}
        departments={departments.filter(({ online }) => online !== false)}
        previous={previous}
        onStarted={onStarted}
        onReady={onReady}
        onUnavailable={() => setUnavailable(true)}
      />
    )
  return provider.capabilities.includes('SEND_OFFLINE_MESSAGE') ? (
    <OfflineForm provider={provider.name} department={configured?.nativeId ?? null} onReady={onReady} />
  ) : (
    <div class="form">
      <Problem failure={{ code: 'PROVIDER_UNAVAILABLE' }} />
    </div>
  )
}

/** The provider of the attribute, else the first that takes conversations, else the first that takes messages. */
function chooseProvider(providers: readonly Provider[], wanted: string | null): Provider | null {
  const supports = (capability: 'START_ROOM' | 'SEND_OFFLINE_MESSAGE') =>
    providers.find(
      ({ name, capabilities }) => capabilities.includes(capability) && (!wanted || name === wanted),
    )
  const chosen = supports('START_ROOM') ?? supports('SEND_OFFLINE_MESSAGE') ?? null
  if (chosen === null) {
    const names = providers.map(({ name }) => name).join(', ')
    reportToDeveloper(
      wanted
        ? `data-provider="${wanted}" takes neither conversations nor messages. The gateway has: ${names}.`
        : 'no provider of the gateway takes conversations or messages.',
    )
  }
  return chosen
}

/** Whether to offer a conversation: an agent is online, or the provider does not say. */
function mayAnswer({ capabilities, online }: Provider): boolean {
  return capabilities.includes('START_ROOM') && online !== false
}

function findDepartment({ departments }: Provider, wanted: string): Department | null {
  const found = departments.find(({ id, nativeId, name }) => [id, nativeId, name].includes(wanted)) ?? null
  if (found === null) {
    const names = departments.map(({ name, nativeId }) => name ?? nativeId).join(', ')
    reportToDeveloper(`data-department="${wanted}" does not exist. The provider has: ${names || 'none'}.`)
  }
  return found
}
