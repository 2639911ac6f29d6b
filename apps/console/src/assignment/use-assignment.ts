import { useCallback, useState } from 'react'
import { useClient } from '../client-context.ts'
import { useOwnAgent } from '../providers/own-agents.ts'
import { useSetStatus } from '../providers/use-set-status.ts'
import type { Conversation } from '../room/conversation.ts'
import { type Failure, failureOf } from '../ui/failure.ts'
import { type ActionState, useAction } from '../ui/use-action.ts'
import { AssignMutation, RequeueMutation, TakeMutation, TransferMutation } from './documents.ts'

/** Who can serve a room next. Ids are global. */
export type Target =
  | { readonly type: 'self' }
  | { readonly type: 'agent'; readonly agentId: string }
  | { readonly type: 'department'; readonly departmentId: string }
  | { readonly type: 'queue' }

export interface Assignment extends Omit<ActionState, 'run'> {
  readonly assign: (target: Target) => void
  /**
   * After a refusal that the operator's own status can cause: makes the operator accept chats and tries again. Null after any
   * other failure.
   */
  readonly acceptAndRetry: (() => void) | null
}

/** Changes who serves a room. `onChanged` reads the room again. */
export function useAssignment(room: Conversation['room'], onChanged: () => Promise<unknown>): Assignment {
  const send = useTargetMutation(room.id)
  const setStatus = useSetStatus()
  const own = useOwnAgent(room.provider.name)
  const { run, ...state } = useAction(onChanged)
  const [target, setTarget] = useState<Target | null>(null)
  const isOwn = target?.type === 'self' || (target?.type === 'agent' && target.agentId === own?.id)
  const canAccept = isOwn && own?.acceptingChats === false && state.failure?.code === 'CONFLICT'
  const acceptAndAssign = async (wanted: Target, agentId: string) =>
    (await setStatus(agentId, true)) ?? (await send(wanted))
  return {
    ...state,
    assign: (wanted) => {
      setTarget(wanted)
      run(() => send(wanted))
    },
    acceptAndRetry: canAccept ? () => run(() => acceptAndAssign(target, own.id)) : null,
  }
}

/** Returns the function that makes the mutation of a target. It resolves with the failure, or null. */
function useTargetMutation(roomId: string): (target: Target) => Promise<Failure | null> {
  const client = useClient()
  return useCallback(
    async (target) => {
      switch (target.type) {
        case 'self': {
          return failureOf(await client.mutate(TakeMutation, { input: { roomId } }))
        }
        case 'agent': {
          const input = { roomId, agentId: target.agentId }
          return failureOf(await client.mutate(AssignMutation, { input }))
        }
        case 'department': {
          const input = { roomId, departmentId: target.departmentId }
          return failureOf(await client.mutate(TransferMutation, { input }))
        }
        case 'queue': {
          return failureOf(await client.mutate(RequeueMutation, { input: { roomId } }))
        }
      }
    },
    [client, roomId],
  )
}
