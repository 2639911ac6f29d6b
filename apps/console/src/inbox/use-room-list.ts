import { useMemo, useState } from 'react'
import { useOwnAgents } from '../providers/own-agents.ts'
import type { DisplayedError } from '../ui/displayed-errors.ts'
import { formatFilter, type InboxFilter, isActiveOnly, listsOf } from './filter.ts'
import { useInbox } from './inbox-context.ts'
import { byActivity, type ListedRoom, matchesFilter, withState } from './listed-room.ts'
import { appendRooms, countNews, createOrder, type ShownOrder } from './shown-order.ts'
import type { RoomsById } from './use-active-rooms.ts'
import { type RoomPages, useRoomPages } from './use-room-pages.ts'

export interface RoomListState {
  /** The rooms in their places; null until they are loaded. */
  readonly rooms: readonly ListedRoom[] | null
  /** Whether a room still matches the filter: one that does not keeps its place until the order is made anew. */
  readonly isMatching: (room: ListedRoom) => boolean
  readonly errors: readonly DisplayedError[]
  /** The number of rooms with news that the order hides. */
  readonly news: number
  /** Makes the order anew, so that the news are at the top. */
  readonly showNews: () => void
  /** Shows the next page; null where there is none. */
  readonly more: (() => Promise<void>) | null
  /** Whether a search covers the loaded rooms only. */
  readonly isPartial: boolean
}

/** The rooms that a filter shows, in an order that stays until the operator asks for the current one. */
export function useRoomList(filter: InboxFilter): RoomListState {
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

  const candidates = useMemo(() => mergePages(inbox.rooms, pages), [inbox.rooms, pages])
  const { ownAgentKeys } = inbox
  // biome-ignore lint/correctness/useExhaustiveDependencies: filters are compared by value.
  const isMatching = useMemo(() => {
    // The provider has searched the messages of closed rooms: their list decides.
    const local = isActiveOnly(filter) ? filter : { ...filter, text: '' }
    const found = new Set(pages.rooms?.map(({ id }) => id))
    const isFound = (id: string) => local.text === filter.text || found.has(id)
    return ({ room }: ListedRoom) => matchesFilter(room, local, ownAgentKeys) && isFound(room.id)
  }, [key, ownAgentKeys, pages])
  const isLoaded = isLocal ? isKnown : isAsked && pages.rooms !== null
  const current = useMemo(
    () => (isLoaded ? [...candidates.values()].filter(isMatching).sort(byActivity) : null),
    [candidates, isMatching, isLoaded],
  )
  if (current && (shown?.key !== key || (shown.ids.length === 0 && current.length > 0))) {
    setShown(createOrder(key, current))
  }

  const { more } = pages
  const order = shown?.key === key ? shown : null
  return {
    rooms: order && current && order.ids.flatMap((id) => candidates.get(id) ?? []),
    isMatching,
    errors: [...inbox.errors, ...pages.errors],
    news: order && current ? countNews(order, current) : 0,
    showNews: () => current && setShown(createOrder(key, current)),
    more:
      more &&
      (async () => {
        const added = (await more())
          .map((room) => withState(inbox.rooms.get(room.id), room))
          .filter(isMatching)
        setShown((before) => before && appendRooms(before, added.sort(byActivity)))
      }),
    isPartial: filter.text !== '' && isActiveOnly(filter) && !isLocal,
  }
}

/** The rooms that changed lately, and those of the pages. */
function mergePages(rooms: RoomsById, { rooms: read }: RoomPages): RoomsById {
  if (!read) return rooms
  const merged = new Map(rooms)
  for (const room of read) merged.set(room.id, withState(rooms.get(room.id), room))
  return merged
}
