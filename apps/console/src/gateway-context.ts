import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { Subscribe } from './client.ts'
import { Connection, type ConnectionState } from './connection.ts'
import type { Files } from './files.ts'
import type { DisplayedError } from './ui/displayed-errors.ts'

export const ConnectionContext = createContext(new Connection())

const signedOut: Files = {
  read: () => Promise.reject(new Error('signed out')),
  send: async () => ({ outcome: 'failed', detail: null }),
}

/** The files of the gateway. */
export const FilesContext = createContext(signedOut)

/** Starts a subscription; see `Gateway.subscribe`. */
export const SubscribeContext = createContext<Subscribe>(() => () => {})

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
  /** Called when the gateway ends the subscription, with its error if it has one. */
  readonly onEnd: (error: DisplayedError | null) => void
}

/** Runs a subscription while the component is mounted. */
export function useEvents<Data extends object, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  { key, variables, onEvent, onEnd }: EventSubscription<Data, Variables>,
): void {
  const subscribe = useContext(SubscribeContext)
  const readVariables = useEffectEvent(variables)
  const takeEvent = useEffectEvent(onEvent)
  const takeEnd = useEffectEvent(onEnd)
  useEffect(() => {
    if (key === null) return
    return subscribe(document, readVariables(), { event: takeEvent, end: takeEnd })
  }, [subscribe, document, key])
}
