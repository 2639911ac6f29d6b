import { useCallback, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { retryUntilDone } from '../../../shared/retry.ts'
import { withMessage } from '../../../shared/timeline.ts'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { EarlierQuery, RoomEventsSubscription, RoomQuery, RoomStateQuery } from '../documents.ts'
import { useConnection, useEvents } from '../gateway-context.ts'
import { type DisplayedError, errorsOf } from '../ui/displayed-errors.ts'
import { applyEvent, type Conversation, createConversation, prependMessages } from './conversation.ts'

const AGAIN_MS = 5_000

export interface LiveConversation {
  readonly roomId: string
  /** Null until it is loaded, and where there is no such room. */
  readonly conversation: Conversation | null
  readonly isLoading: boolean
  readonly errors: readonly DisplayedError[]
  /** The error that ended the updates; null while they work. */
  readonly still: DisplayedError | null
  /** Adds or replaces a message from a mutation's result. */
  readonly take: (message: ConsoleMessageFragment) => void
  readonly readEarlier: () => Promise<void>
  /** Reads the room's state again. */
  readonly refresh: () => Promise<void>
}

/** Reads a page of a room, then subscribes from its cursor: no event is missed in between, or with the connection. */
export function useConversation(roomId: string): LiveConversation {
  const client = useClient()
  const { opened } = useConnection()
  const [conversation, setConversation] = useState<Conversation | null>(null)
  const [isLoading, setLoading] = useState(true)
  const [errors, setErrors] = useState<readonly DisplayedError[]>([])
  const [still, setStill] = useState<DisplayedError | null>(null)
  const [round, setRound] = useState(0)
  const update = useCallback((change: (current: Conversation) => Conversation) => {
    setConversation((current) => current && change(current))
  }, [])

  const missing = conversation === null || conversation.isStale
  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed read is repeated at once when the connection is back.
  useEffect(() => {
    if (!missing) return
    let wanted = true
    const stop = retryUntilDone(async () => {
      const { data, error } = await client.query(RoomQuery, { id: roomId })
      if (!wanted) return true
      setLoading(false)
      setErrors(errorsOf(error))
      const { room, viewer } = data ?? {}
      if (room) setConversation((before) => createConversation(room, viewer?.name ?? '', before))
      else if (!error) setConversation(null)
      return !error || Boolean(data?.room)
    })
    return () => {
      wanted = false
      stop()
    }
  }, [client, roomId, missing, opened])

  const refresh = useCallback(async () => {
    const { data } = await client.query(RoomStateQuery, { id: roomId })
    const room = data?.room
    if (room) update((current) => ({ ...current, room }))
  }, [client, roomId, update])

  useEvents(RoomEventsSubscription, {
    key: missing ? null : String(round),
    // The page's cursor, or the last event's: the socket keeps it current over lost connections.
    variables: () => ({ roomId, after: conversation?.cursor ?? null }),
    onEvent: ({ roomEvents: event }) => {
      setStill(null)
      update((current) => applyEvent(current, event))
    },
    onEnd: (error) => {
      if (error) setStill(error)
      setTimeout(() => setRound((count) => count + 1), AGAIN_MS)
    },
  })

  const before = conversation?.earlier
  const readEarlier = useCallback(async () => {
    if (!before) return
    const { data, error } = await client.query(EarlierQuery, { id: roomId, before })
    setErrors(errorsOf(error))
    const page = data?.room?.messages
    if (!page) return
    const { startCursor, hasPreviousPage } = page.pageInfo
    update((current) => prependMessages(current, page.nodes, hasPreviousPage ? (startCursor ?? null) : null))
  }, [client, roomId, update, before])

  const take = useCallback(
    (message: ConsoleMessageFragment) =>
      update((current) => ({ ...current, messages: withMessage(current.messages, message) })),
    [update],
  )
  return { roomId, conversation, isLoading, errors, still, take, readEarlier, refresh }
}
