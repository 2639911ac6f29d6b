import { useConnection } from '@switchboard/client/react'
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ConsoleOwnAgentsQuery } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { read } from '../read.ts'
import { retryUntilDone } from '../retry.ts'
import { OwnAgentsQuery } from './documents.ts'

export type OwnAgent = ConsoleOwnAgentsQuery['viewer']['agents'][number]

export interface OwnAgents {
  /** One per provider at which the operator can write; empty until they are loaded. */
  readonly agents: readonly OwnAgent[]
  readonly isLoaded: boolean
  /** The operator's name; null until it is loaded. */
  readonly operator: string | null
  /** Reads them again. Resolves to whether the gateway has responded. */
  readonly refresh: () => Promise<boolean>
}

/** The agents that the operator writes as, read once for all components. */
export const OwnAgentsContext = createContext<OwnAgents>({
  agents: [],
  isLoaded: false,
  operator: null,
  refresh: () => Promise.resolve(false),
})

export function useOwnAgents(): OwnAgents {
  return useContext(OwnAgentsContext)
}

/** The operator's own agent at a provider; null if it has none there. */
export function useOwnAgent(provider: string): OwnAgent | null {
  return useOwnAgents().agents.find((agent) => agent.provider.name === provider) ?? null
}

/** The provider's own app can change the status too. All callers share one call per provider and five seconds. */
const REFRESH_MS = 30_000

/** Reads the operator's agents repeatedly while the component is mounted. */
export function useOwnAgentsReader(): OwnAgents {
  const client = useClient()
  const { opened } = useConnection(client)
  const [agents, setAgents] = useState<readonly OwnAgent[] | null>(null)
  const [operator, setOperator] = useState<string | null>(null)
  const refresh = useCallback(async () => {
    const { data, errors } = await read(client, OwnAgentsQuery, {})
    if (!data) return false
    const { name, agents: found } = data.viewer
    setOperator(name ?? '')
    // The agent of a provider that fails now is missing, and stays as it was.
    setAgents((known) => (errors.length > 0 ? [...found, ...withoutProvidersOf(known ?? [], found)] : found))
    return true
  }, [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: read at once when the connection is back.
  useEffect(() => {
    const stop = retryUntilDone(refresh)
    const timer = setInterval(() => void refresh(), REFRESH_MS)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [refresh, opened])
  return useMemo(
    () => ({ agents: agents ?? [], isLoaded: agents !== null, operator, refresh }),
    [agents, operator, refresh],
  )
}

function withoutProvidersOf(agents: readonly OwnAgent[], others: readonly OwnAgent[]): readonly OwnAgent[] {
  return agents.filter(({ provider }) => !others.some((other) => other.provider.id === provider.id))
}
