import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { retryUntilDone } from '../../../shared/retry.ts'
import type { ConsoleRoomFragment } from '../../generated/graphql.ts'
import { ActivitySubscription, InboxQuery } from '../documents.ts'
import { useConnection, useEvents } from '../gateway-context.ts'
import { type DisplayedError, errorsOf } from '../ui/displayed-errors.ts'
import { ACTIVE_STATUSES } from './filter.ts'
import { type ListedRoom, withState } from './listed-room.ts'

/** Reading the list costs calls to every provider. */
const AGAIN_MS = 30_000
/**
 * The gateway follows activity from its first poll of the accounts on, and does not say when that is. So one more read, after
 * this many milliseconds, finds what has happened between the first read and that poll.
 */
const FOLLOWING_MS = 5_000
/** The gateway's largest page. All lists have it, so that the first page of each has what the active rooms contain of it. */
export const PAGE = 100

/** Rooms by id: those that are not over, and those that have changed since. */
export type RoomsById = ReadonlyMap<string, ListedRoom>

export interface ActiveRooms {
  readonly rooms: RoomsById
  readonly isLoaded: boolean
  /** Whether they are all rooms that are not over. */
  readonly isComplete: boolean
  readonly errors: readonly DisplayedError[]
  /** Whether they are not updated at present, and the error that ended the updates if there was one. */
  readonly still: { readonly error: DisplayedError | null } | null
}

const NOT_LOADED: ActiveRooms = {
  rooms: new Map(),
  isLoaded: false,
  isComplete: false,
  errors: [],
  still: null,
}

/** Reads the rooms that are not over, and follows the activity of all rooms. `onActivity` is called with each change. */
export function useActiveRooms(
  onActivity: (after: ListedRoom, before: ListedRoom | undefined) => void,
): ActiveRooms {
  const client = useClient()
  const { opened } = useConnection()
  const [state, setState] = useState(NOT_LOADED)
  const [round, setRound] = useState(0)
  // The rooms that have changed since the last read began: it may have older states of them, or lack them.
  const changedIds = useRef(new Set<string>())
  const reportActivity = useEffectEvent(onActivity)

  const read = useCallback(
    async (isWanted: () => boolean) => {
      changedIds.current.clear()
      const filter = { status: [...ACTIVE_STATUSES] }
      const { data, error } = await client.query(InboxQuery, { first: PAGE, after: null, filter })
      if (!isWanted()) return true
      setState(({ rooms, ...others }) => ({
        ...others,
        errors: errorsOf(error),
        still: null,
        rooms: data ? replaceRooms(rooms, data.rooms.nodes, changedIds.current) : rooms,
        isLoaded: others.isLoaded || data != null,
        isComplete: data ? !data.rooms.pageInfo.hasNextPage && !error : others.isComplete,
      }))
      // A provider that failed is asked again: without its rooms nothing is complete.
      return data != null && !error
    },
    [client],
  )

  // Activity has no cursor: after a lost connection, or the end of the stream, the rooms are read again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `opened` and `round` change then.
  useEffect(() => {
    let wanted = true
    const isWanted = () => wanted
    const stop = retryUntilDone(() => read(isWanted))
    const timer = setTimeout(() => void read(isWanted), FOLLOWING_MS)
    return () => {
      wanted = false
      stop()
      clearTimeout(timer)
    }
  }, [read, opened, round])

  useEvents(ActivitySubscription, {
    key: `${opened} ${round}`,
    variables: () => ({}),
    onEvent: ({ roomActivity: room }) => {
      const before = state.rooms.get(room.id)
      const after = withState(before, room)
      if (after === before) return
      changedIds.current.add(room.id)
      reportActivity(after, before)
      setState(({ rooms, ...others }) => ({
        ...others,
        rooms: new Map(rooms).set(room.id, withState(rooms.get(room.id), room)),
      }))
    },
    onEnd: (error) => {
      setState((current) => ({ ...current, still: { error } }))
      setTimeout(() => setRound((count) => count + 1), AGAIN_MS)
    },
  })
  return state
}

/** The rooms of a new read, with what is known about their waits, and those that have changed meanwhile. */
function replaceRooms(
  known: RoomsById,
  read: readonly ConsoleRoomFragment[],
  changedIds: ReadonlySet<string>,
): RoomsById {
  const changed = [...known].filter(([id]) => changedIds.has(id))
  return new Map([...changed, ...read.map((room) => [room.id, withState(known.get(room.id), room)] as const)])
}
