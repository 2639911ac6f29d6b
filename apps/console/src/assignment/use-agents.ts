import { useEffect, useState } from 'react'
import type { ConsoleAgentsQuery } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { read } from '../read.ts'
import type { DisplayedError } from '../ui/displayed-errors.ts'
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
    void read(client, AgentsQuery, { filter: { providers: [provider] } }).then(({ data, errors }) => {
      if (isCurrent) setList(({ agents }) => ({ agents: data?.agents ?? agents, errors }))
    })
    return () => {
      isCurrent = false
    }
  }, [client, provider, isWanted])
  return list
}
