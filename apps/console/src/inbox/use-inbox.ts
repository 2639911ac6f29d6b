import { useCallback, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { retryUntilDone } from '../../../shared/retry.ts'
import type { ConsoleRoomFragment, RoomFilter } from '../../generated/graphql.ts'
import { ActivitySubscription, InboxQuery } from '../documents.ts'
import { useConnection, useEvents } from '../gateway-context.ts'
import { type DisplayedError, errorsOf } from '../ui/displayed-errors.ts'
import { type InboxFilter, matchesFilter, mergeRooms } from './room-order.ts'

/** Reading the list costs calls to every provider. */
const AGAIN_MS = 30_000

export interface InboxState {
  /** Null until the first page is loaded. */
  readonly rooms: readonly ConsoleRoomFragment[] | null
  readonly errors: readonly DisplayedError[]
  /** Why the list is not updated; null while it is. */
  readonly still: string | null
  /** Reads the next page; null where there is none. */
  readonly more: (() => void) | null
}

/** The rooms of all providers, kept in the order of their activity. */
export function useInbox(filter: InboxFilter): InboxState {
  const client = useClient()
  const { opened } = useConnection()
  const [rooms, setRooms] = useState<readonly ConsoleRoomFragment[] | null>(null)
  const [endCursor, setEndCursor] = useState<string | null>(null)
  const [errors, setErrors] = useState<readonly DisplayedError[]>([])
  const [still, setStill] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const { status, provider } = filter

  const read = useCallback(
    async (after: string | null, isWanted: () => boolean) => {
      const { data, error } = await client.query(InboxQuery, { after, filter: asked({ status, provider }) })
      if (!isWanted()) return true
      setErrors(errorsOf(error))
      if (!data) return false
      const { nodes, pageInfo } = data.rooms
      setRooms((current) => mergeRooms(current ?? [], nodes))
      setEndCursor(pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null)
      return true
    },
    [client, status, provider],
  )

  // Activity has no cursor: after a lost connection, or the end of the stream, the list is read again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `opened` and `round` change then.
  useEffect(() => {
    let wanted = true
    setStill(null)
    const stop = retryUntilDone(() => read(null, () => wanted))
    return () => {
      wanted = false
      stop()
    }
  }, [read, opened, round])

  useEvents(ActivitySubscription, {
    key: `${opened} ${round}`,
    variables: () => ({}),
    onEvent: ({ roomActivity }) => setRooms((current) => mergeRooms(current ?? [], [roomActivity])),
    onEnd: (reason) => {
      setStill(reason ?? 'the gateway ended it.')
      setTimeout(() => setRound((count) => count + 1), AGAIN_MS)
    },
  })

  return {
    rooms: rooms?.filter((room) => matchesFilter(room, filter)) ?? null,
    errors,
    still,
    more: endCursor === null ? null : () => void read(endCursor, () => true),
  }
}

function asked({ status, provider }: InboxFilter): RoomFilter {
  return { ...(status && { status: [status] }), ...(provider && { providers: [provider] }) }
}
