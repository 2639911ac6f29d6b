import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { AnyVariables, DocumentInput } from 'urql'
import { useClient } from 'urql'
import { Connection, type ConnectionState } from './connection.ts'

export const ConnectionContext = createContext(new Connection())

/** The state of the connection; the component is drawn anew when it changes. */
export function useConnection(): ConnectionState {
  const connection = useContext(ConnectionContext)
  return useSyncExternalStore(connection.listen, connection.current)
}

export interface Listening<Data, Variables> {
  /** Another key is another subscription; null is none. */
  readonly key: string | null
  /** Asked when a subscription begins. */
  readonly variables: () => Variables
  readonly onEvent: (data: Data) => void
  /** The gateway has ended it, with the reason or (null) without. */
  readonly onEnd: (reason: string | null) => void
}

/** Runs a subscription while the component is shown. */
export function useEvents<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  { key, variables, onEvent, onEnd }: Listening<Data, Variables>,
): void {
  const client = useClient()
  const begin = useEffectEvent(variables)
  const takeEvent = useEffectEvent(onEvent)
  const takeEnd = useEffectEvent(onEnd)
  useEffect(() => {
    if (key === null) return
    const results = client.subscription(document, begin())
    const { unsubscribe } = results.subscribe(({ data, error, hasNext }) => {
      if (data) takeEvent(data)
      if (error) takeEnd(error.graphQLErrors[0]?.message ?? 'the connection broke.')
      else if (!hasNext) takeEnd(null)
    })
    return unsubscribe
  }, [client, document, key])
}
