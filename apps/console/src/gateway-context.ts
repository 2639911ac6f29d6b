import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { AnyVariables, DocumentInput } from 'urql'
import { useClient } from 'urql'
import { Connection, type ConnectionState } from './connection.ts'

export const ConnectionContext = createContext(new Connection())

/** Reads a file of a message; see `Gateway.readFile`. */
export const FilesContext = createContext<(url: string) => Promise<Blob>>(() =>
  Promise.reject(new Error('signed out')),
)

/** The state of the connection. The component renders again when it changes. */
export function useConnection(): ConnectionState {
  const connection = useContext(ConnectionContext)
  return useSyncExternalStore(connection.subscribe, connection.current)
}

export interface EventSubscription<Data, Variables> {
  /** A new key starts a new subscription; null stops it. */
  readonly key: string | null
  /** Called when a subscription starts. */
  readonly variables: () => Variables
  readonly onEvent: (data: Data) => void
  /** Called when the gateway ends the subscription, with the reason and the error's code if it has one. */
  readonly onEnd: (reason: string | null, code?: unknown) => void
}

/** Runs a subscription while the component is mounted. */
export function useEvents<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  { key, variables, onEvent, onEnd }: EventSubscription<Data, Variables>,
): void {
  const client = useClient()
  const readVariables = useEffectEvent(variables)
  const takeEvent = useEffectEvent(onEvent)
  const takeEnd = useEffectEvent(onEnd)
  useEffect(() => {
    if (key === null) return
    const results = client.subscription(document, readVariables())
    const { unsubscribe } = results.subscribe(({ data, error, hasNext }) => {
      if (data) takeEvent(data)
      const [failure] = error?.graphQLErrors ?? []
      if (error) takeEnd(failure?.message ?? 'the connection broke.', failure?.extensions['code'])
      else if (!hasNext) takeEnd(null)
    })
    return unsubscribe
  }, [client, document, key])
}
