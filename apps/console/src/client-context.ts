import type { Client } from '@switchboard/client'
import { createContext, useContext } from 'react'

/** The gateway's client of the operator who is signed in. */
export const ClientContext = createContext<Client | null>(null)

/** The gateway's client; only where an operator is signed in. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('useClient is used without an operator')
  return client
}
