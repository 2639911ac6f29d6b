import { useCallback, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { untilDone } from '../../../shared/retry.ts'
import { withMessage } from '../../../shared/timeline.ts'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { EarlierQuery, RoomEventsSubscription, RoomQuery, RoomStateQuery } from '../documents.ts'
import { useConnection, useEvents } from '../gateway-context.ts'
import { type Fault, faultsOf } from '../ui/displayed-errors.ts'
import { after, type Conversation, openedWith, withEarlier } from './conversation.ts'

const AGAIN_MS = 5_000

export interface LiveConversation {
  /** Null until it is there, and where there is no such room. */
  readonly conversation: Conversation | null
  readonly isLoading: boolean
  readonly faults: readonly Fault[]
  /** Why it does not go on by itself; null while it does. */
  readonly still: string | null
  /** Takes in a message that a mutation has answered with. */
  readonly take: (message: ConsoleMessageFragment) => void
  readonly readEarlier: () => Promise<void>
  /** Asks again what state the room is in. */
  readonly refresh: () => Promise<void>
}

/** A page of a room, then everything behind it: nothing falls between, and nothing is lost with the connection. */
export function useConversation(roomId: string): LiveConversation {
  const client = useClient()
  const { opened } = useConnection()
  const [conversation, setConversation] = useState<Conversation | null>(null)
  const [isLoading, setLoading] = useState(true)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [still, setStill] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const update = useCallback((change: (known: Conversation) => Conversation) => {
    setConversation((known) => known && change(known))
  }, [])

  const missing = conversation === null || conversation.isStale
  // biome-ignore lint/correctness/useExhaustiveDependencies: what could not be read is read at once when the connection is back.
  useEffect(() => {
    if (!missing) return
    let wanted = true
    const stop = untilDone(async () => {
      const { data, error } = await client.query(RoomQuery, { id: roomId })
      if (!wanted) return true
      setLoading(false)
      setFaults(faultsOf(error))
      if (data?.room) setConversation(openedWith(data.room))
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
    if (room) update((known) => ({ ...known, room }))
  }, [client, roomId, update])

  useEvents(RoomEventsSubscription, {
    key: missing ? null : String(round),
    // Behind the page, or behind the last event; over lost connections the socket keeps it fresh.
    variables: () => ({ roomId, after: conversation?.cursor ?? null }),
    onEvent: ({ roomEvents: event }) => {
      setStill(null)
      update((known) => after(known, event))
    },
    onEnd: (reason) => {
      if (reason !== null) setStill(reason)
      setTimeout(() => setRound((count) => count + 1), AGAIN_MS)
    },
  })

  const readEarlier = async () => {
    const before = conversation?.earlier
    if (!before) return
    const { data, error } = await client.query(EarlierQuery, { id: roomId, before })
    setFaults(faultsOf(error))
    const page = data?.room?.messages
    if (!page) return
    const { startCursor, hasPreviousPage } = page.pageInfo
    update((known) => withEarlier(known, page.nodes, hasPreviousPage ? (startCursor ?? null) : null))
  }

  const take = (message: ConsoleMessageFragment) =>
    update((known) => ({ ...known, messages: withMessage(known.messages, message) }))
  return { conversation, isLoading, faults, still, take, readEarlier, refresh }
}
