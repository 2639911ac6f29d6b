import { useCallback } from 'react'
import { useClient } from 'urql'
import { type Failure, failureOf } from '../ui/failure.ts'
import { SetAgentStatusMutation } from './documents.ts'
import { useOwnAgents } from './own-agents.ts'

/** Returns the function that sets whether the provider routes new rooms to an agent. It resolves with the failure, or null. */
export function useSetStatus(): (agentId: string, acceptingChats: boolean) => Promise<Failure | null> {
  const client = useClient()
  const { refresh } = useOwnAgents()
  return useCallback(
    async (agentId, acceptingChats) => {
      const { data, error } = await client.mutation(SetAgentStatusMutation, {
        input: { agentId, acceptingChats },
      })
      await refresh()
      return failureOf(data?.setAgentStatus, error)
    },
    [client, refresh],
  )
}
