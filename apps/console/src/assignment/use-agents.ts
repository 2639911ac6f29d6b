import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import type { ConsoleAgentsQuery } from '../../generated/graphql.ts'
import { type DisplayedError, errorsOf } from '../ui/displayed-errors.ts'
import { AgentsQuery } from './documents.ts'

export type Agent = ConsoleAgentsQuery['agents'][number]

export interface AgentList {
  /** Null until they are loaded. */
  readonly agents: readonly Agent[] | null
  readonly errors: readonly DisplayedError[]
}

/** The agents of a provider, read each time that `isWanted` becomes true: their load changes. */
export function useAgents(provider: string, isWanted: boolean): AgentList {
  const client = useClient()
  const [list, setList] = useState<AgentList>({ agents: null, errors: [] })
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    void client
      .query(AgentsQuery, { filter: { providers: [provider] } })
      .toPromise()
      .then(({ data, error }) => {
        if (!isCurrent) return
        setList(({ agents }) => ({ agents: data?.agents ?? agents, errors: errorsOf(error) }))
      })
    return () => {
      isCurrent = false
    }
  }, [client, provider, isWanted])
  return list
}
