import { useMemo, useState } from 'react'
import { useOwnAgents } from '../providers/own-agents.ts'
import type { DisplayedError } from '../ui/displayed-errors.ts'
import { formatFilter, type InboxFilter, isActiveOnly, listsOf } from './filter.ts'
import { useInbox } from './inbox-context.ts'
import { isNewer, type ListedRoom, matchesFilter, withState } from './listed-room.ts'
import {
  appendRooms,
  countNews,
  createOrder,
  insertRooms,
  type ShownOrder,
  withoutPlace,
} from './shown-order.ts'
import type { RoomsById } from './use-active-rooms.ts'
import { useRoomPages } from './use-room-pages.ts'

export interface RoomListState {
  /** The rooms in their places; null until they are loaded. */
  readonly rooms: readonly ListedRoom[] | null
  /** Whether a room still matches the filter: one that does not keeps its place until the order is made anew. */
  readonly isMatching: (room: ListedRoom) => boolean
  readonly errors: readonly DisplayedError[]
  /** The number of rooms with news that the order hides: new rooms too while the list is in use. */
  readonly news: number
  /** Makes the order anew, so that the news are at the top. */
  readonly showNews: () => void
  /** Shows the next page; null where there is none. */
  readonly more: (() => Promise<void>) | null
  /** Whether a search, or the order by waiting time, covers the loaded rooms only. */
  readonly isPartial: boolean
}

/**
 * The rooms that a filter shows, in an order that stays until the operator asks for the current one. New rooms get their place at
 * once, except while the list is in use: rows must not move under the pointer.
 */
export function useRoomList(filter: InboxFilter, isInUse: boolean): RoomListState {
  const inbox = useInbox()
  const { agents, isLoaded: areAgentsLoaded } = useOwnAgents()
  const key = formatFilter(filter)
  const isLocal = isActiveOnly(filter) && inbox.isComplete
  const isKnown = filter.view !== 'mine' || areAgentsLoaded
  const isAsked = inbox.isLoaded && !isLocal && isKnown
  const pages = useRoomPages(
    isAsked
      ? listsOf(
          filter,
          agents.map(({ id }) => id),
        )
      : [],
  )
  const [shown, setShown] = useState<ShownOrder | null>(null)

  const { rooms: read } = pages
  const paged = useMemo(() => read?.map((room) => withState(undefined, room)) ?? [], [read])
  const candidates = useMemo(() => mergePages(inbox.rooms, paged), [inbox.rooms, paged])
  const { ownAgentKeys } = inbox
  // biome-ignore lint/correctness/useExhaustiveDependencies: filters are compared by value.
  const isMatching = useMemo(() => {
    // The provider has searched the messages of closed rooms: their list decides.
    const local = isActiveOnly(filter) ? filter : { ...filter, text: '' }
    const found = new Set(read?.map(({ id }) => id))
    const isFound = (id: string) => local.text === filter.text || found.has(id)
    return ({ room }: ListedRoom) => matchesFilter(room, local, ownAgentKeys) && isFound(room.id)
  }, [key, ownAgentKeys, read])
  const isLoaded = isLocal ? isKnown : isAsked && pages.rooms !== null
  const current = useMemo(
    () => (isLoaded ? [...candidates.values()].filter(isMatching) : null),
    [candidates, isMatching, isLoaded],
  )
  const order = shown?.key === key ? shown : null
  const added = useMemo(() => (order && current ? withoutPlace(order, current) : []), [order, current])
  const isFree = !isInUse || order?.placed.length === 0
  if (current && !order) setShown(createOrder(key, filter.sort, current))
  else if (order && added.length > 0 && isFree) setShown(insertRooms(order, added))

  const { more } = pages
  return {
    rooms: order && current && order.placed.flatMap(({ room }) => candidates.get(room.id) ?? []),
    isMatching,
    errors: [...inbox.errors, ...pages.errors],
    news: order && current ? countNews(order, current) : 0,
    showNews: () => current && setShown(createOrder(key, filter.sort, current)),
    more:
      more &&
      (async () => {
        const page = (await more()).map((room) => withState(inbox.rooms.get(room.id), room))
        setShown((before) => before && appendRooms(before, page.filter(isMatching)))
      }),
    isPartial: (filter.text !== '' || filter.sort === 'wait') && isActiveOnly(filter) && !isLocal,
  }
}

/** The rooms that changed lately, and those of the pages, whose states may be older. */
function mergePages(rooms: RoomsById, paged: readonly ListedRoom[]): RoomsById {
  if (paged.length === 0) return rooms
  const merged = new Map(rooms)
  for (const listed of paged) {
    const { room } = listed
    const known = rooms.get(room.id)
    if (!known) merged.set(room.id, listed)
    else if (isNewer(room, known.room)) merged.set(room.id, withState(known, room))
  }
  return merged
}
