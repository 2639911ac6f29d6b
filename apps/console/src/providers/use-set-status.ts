import { useCallback } from 'react'
import { useClient } from '../client-context.ts'
import { type Failure, failureOf } from '../ui/failure.ts'
import { SetAgentStatusMutation } from './documents.ts'
import { useOwnAgents } from './own-agents.ts'

/** Returns the function that sets whether the provider routes new rooms to an agent. It resolves with the failure, or null. */
export function useSetStatus(): (agentId: string, acceptingChats: boolean) => Promise<Failure | null> {
  const client = useClient()
  const { refresh } = useOwnAgents()
  return useCallback(
    async (agentId, acceptingChats) => {
      const outcome = await client.mutate(SetAgentStatusMutation, { input: { agentId, acceptingChats } })
      await refresh()
      return failureOf(outcome)
    },
    [client, refresh],
  )
}
