import { useCallback, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { untilDone } from '../../../shared/retry.ts'
import type { ConsoleRoomFragment, RoomFilter } from '../../generated/graphql.ts'
import { ActivitySubscription, InboxQuery } from '../documents.ts'
import { useConnection, useEvents } from '../gateway-context.ts'
import { type Fault, faultsOf } from '../ui/displayed-errors.ts'
import { type InboxFilter, matches, withRooms } from './room-order.ts'

/** Reading the list costs calls at every provider. */
const AGAIN_MS = 30_000

export interface InboxState {
  /** Null until the first page is there. */
  readonly rooms: readonly ConsoleRoomFragment[] | null
  readonly faults: readonly Fault[]
  /** Why the list does not move by itself; null while it does. */
  readonly still: string | null
  /** Reads the next page; null where there is none. */
  readonly more: (() => void) | null
}

/** The rooms of all providers, kept in order as they move. */
export function useInbox(filter: InboxFilter): InboxState {
  const client = useClient()
  const { opened } = useConnection()
  const [rooms, setRooms] = useState<readonly ConsoleRoomFragment[] | null>(null)
  const [endCursor, setEndCursor] = useState<string | null>(null)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [still, setStill] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const { status, provider } = filter

  const read = useCallback(
    async (after: string | null, isWanted: () => boolean) => {
      const { data, error } = await client.query(InboxQuery, { after, filter: asked({ status, provider }) })
      if (!isWanted()) return true
      setFaults(faultsOf(error))
      if (!data) return false
      const { nodes, pageInfo } = data.rooms
      setRooms((known) => withRooms(known ?? [], nodes))
      setEndCursor(pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null)
      return true
    },
    [client, status, provider],
  )

  // Activity has no cursor: what happened while the connection was away, or the stream was over, is read anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `opened` and `round` are what says that it was.
  useEffect(() => {
    let wanted = true
    setStill(null)
    const stop = untilDone(() => read(null, () => wanted))
    return () => {
      wanted = false
      stop()
    }
  }, [read, opened, round])

  useEvents(ActivitySubscription, {
    key: `${opened} ${round}`,
    variables: () => ({}),
    onEvent: ({ roomActivity }) => setRooms((known) => withRooms(known ?? [], [roomActivity])),
    onEnd: (reason) => {
      setStill(reason ?? 'the gateway ended it.')
      setTimeout(() => setRound((count) => count + 1), AGAIN_MS)
    },
  })

  return {
    rooms: rooms?.filter((room) => matches(room, filter)) ?? null,
    faults,
    still,
    more: endCursor === null ? null : () => void read(endCursor, () => true),
  }
}

function asked({ status, provider }: InboxFilter): RoomFilter {
  return { ...(status && { status: [status] }), ...(provider && { providers: [provider] }) }
}
