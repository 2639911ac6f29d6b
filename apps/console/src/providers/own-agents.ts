import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useClient } from 'urql'
import type { ConsoleOwnAgentsQuery } from '../../generated/graphql.ts'
import { useConnection } from '../gateway-context.ts'
import { OwnAgentsQuery } from './documents.ts'

export type OwnAgent = ConsoleOwnAgentsQuery['viewer']['agents'][number]

export interface OwnAgents {
  /** One per provider at which the operator can write; empty until they are loaded. */
  readonly agents: readonly OwnAgent[]
  readonly isLoaded: boolean
  /** The operator's name; null until it is loaded. */
  readonly operator: string | null
  /** Reads them again. */
  readonly refresh: () => Promise<void>
}

/** The agents that the operator writes as, read once for all components. */
export const OwnAgentsContext = createContext<OwnAgents>({
  agents: [],
  isLoaded: false,
  operator: null,
  refresh: () => Promise.resolve(),
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
  const { opened } = useConnection()
  const [agents, setAgents] = useState<readonly OwnAgent[] | null>(null)
  const [operator, setOperator] = useState<string | null>(null)
  const refresh = useCallback(async () => {
    const { data, error } = await client.query(OwnAgentsQuery, {})
    if (!data) return
    setOperator(data.viewer.name ?? null)
    const read = data.viewer.agents
    // The agent of a provider that fails now is missing, and stays as it was.
    setAgents((known) => (error ? [...read, ...withoutProvidersOf(known ?? [], read)] : read))
  }, [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: read at once when the connection is back.
  useEffect(() => {
    void refresh()
    const timer = setInterval(() => void refresh(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [refresh, opened])
  return useMemo(
    () => ({ agents: agents ?? [], isLoaded: agents !== null, operator, refresh }),
    [agents, operator, refresh],
  )
}

function withoutProvidersOf(agents: readonly OwnAgent[], others: readonly OwnAgent[]): readonly OwnAgent[] {
  return agents.filter(({ provider }) => !others.some((other) => other.provider.id === provider.id))
}
