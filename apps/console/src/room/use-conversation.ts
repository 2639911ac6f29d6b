import { GatewayError } from '@switchboard/client'
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { RoomEventsSubscription, RoomQuery, RoomStateQuery } from '../documents.ts'
import { useOwnAgents } from '../providers/own-agents.ts'
import { read } from '../read.ts'
import { type DisplayedError, errorFrom } from '../ui/displayed-errors.ts'
import type { Conversation } from './conversation.ts'

const DOCUMENTS = { page: RoomQuery, events: RoomEventsSubscription }

export interface LiveConversation {
  readonly roomId: string
  /** Null until it is loaded, and where there is no such room. */
  readonly conversation: Conversation | null
  readonly isLoading: boolean
  readonly errors: readonly DisplayedError[]
  /** Why there are no updates; null while they work. */
  readonly still: DisplayedError | null
  /** Adds or replaces a message from a mutation's result. */
  readonly take: (message: ConsoleMessageFragment) => void
  readonly readEarlier: () => Promise<void>
  /** Reads the room's state again. */
  readonly refresh: () => Promise<void>
}

/** Follows a room while the component is mounted. */
export function useConversation(roomId: string): LiveConversation {
  const client = useClient()
  const { operator } = useOwnAgents()
  const timeline = useMemo(() => client.createTimeline(DOCUMENTS, roomId), [client, roomId])
  const [earlierErrors, setEarlierErrors] = useState<readonly DisplayedError[]>([])
  const { room, messages, hasEarlier, readAgainAt, fieldErrors, error } = useSyncExternalStore(
    timeline.subscribe,
    timeline.current,
  )

  const isMissing = error instanceof GatewayError && error.code === 'NOT_FOUND'

  const refresh = useCallback(async () => {
    const { data } = await read(client, RoomStateQuery, { id: roomId })
    if (data?.room) timeline.update(data.room)
  }, [client, roomId, timeline])

  const readEarlier = useCallback(async () => {
    const failed = await timeline.loadEarlier().then(() => null, errorFrom)
    setEarlierErrors(failed ? [failed] : [])
  }, [timeline])

  const conversation = useMemo(
    () => (room && operator !== null ? { operator, room, messages, hasEarlier, readAgainAt } : null),
    [operator, room, messages, hasEarlier, readAgainAt],
  )
  const failure = error && errorFrom(error)
  const fieldFailures = fieldErrors.map(errorFrom)
  const readFailures = failure && !isMissing ? [failure] : []
  return {
    roomId,
    conversation,
    isLoading: !isMissing,
    errors: room ? [...fieldFailures, ...earlierErrors] : readFailures,
    still: room && failure,
    take: timeline.add,
    readEarlier,
    refresh,
  }
}
