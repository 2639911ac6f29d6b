import { useSubscription } from '@switchboard/client/react'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { ConsoleRoomFragment } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { ActivitySubscription, InboxQuery } from '../documents.ts'
import { read } from '../read.ts'
import { retryUntilDone } from '../retry.ts'
import { type DisplayedError, errorFrom } from '../ui/displayed-errors.ts'
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
  /** Why they are not updated at present; null while they are. */
  readonly still: DisplayedError | null
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
  const [state, setState] = useState(NOT_LOADED)
  const [connections, setConnections] = useState(0)
  // The rooms that have changed since the last read began: it may have older states of them, or lack them.
  const changedIds = useRef(new Set<string>())
  const reportActivity = useEffectEvent(onActivity)

  const readList = useCallback(
    async (isWanted: () => boolean) => {
      changedIds.current.clear()
      const filter = { status: [...ACTIVE_STATUSES] }
      const { data, errors } = await read(client, InboxQuery, { first: PAGE, after: null, filter })
      if (!isWanted()) return true
      setState(({ rooms, ...others }) => ({
        ...others,
        errors,
        still: null,
        rooms: data ? replaceRooms(rooms, data.rooms.nodes, changedIds.current) : rooms,
        isLoaded: others.isLoaded || data !== null,
        isComplete: data ? !data.rooms.pageInfo.hasNextPage && errors.length === 0 : others.isComplete,
      }))
      // A provider that failed is asked again: without its rooms nothing is complete.
      return data !== null && errors.length === 0
    },
    [client],
  )

  // Activity has no cursor: the rooms are read again with each of its connections.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `connections` counts them.
  useEffect(() => {
    let wanted = true
    const isWanted = () => wanted
    const stop = retryUntilDone(() => readList(isWanted))
    const timer = setTimeout(() => void readList(isWanted), FOLLOWING_MS)
    return () => {
      wanted = false
      stop()
      clearTimeout(timer)
    }
  }, [readList, connections])

  const setStill = (error: Error) => setState((current) => ({ ...current, still: errorFrom(error) }))
  const restart = useSubscription(
    client,
    ActivitySubscription,
    {},
    {
      onConnection: (isOpen) => {
        if (isOpen) setConnections((count) => count + 1)
      },
      onFailure: setStill,
      onData: ({ roomActivity: room }) => {
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
        setStill(error)
        setTimeout(restart, AGAIN_MS)
      },
    },
  )
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
