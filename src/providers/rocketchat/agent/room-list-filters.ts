import { ChatError } from '../../../domain/errors.ts'
import type { RoomStatus } from '../../../domain/model.ts'
import { possibleStatuses, type RoomQuery } from '../../../domain/room-query.ts'

/** A filtered list of the server. */
export interface RoomListFilter {
  /** Part of resume tokens. */
  readonly name: string
  readonly filters: Readonly<Record<string, string>>
}

/** The query string of a list. */
export type ListQuery = Readonly<Record<string, string | number | readonly string[]>>

const ALL: RoomListFilter = { name: 'all', filters: {} }
const OPEN: RoomListFilter = { name: 'open', filters: { open: 'true' } }
const QUEUED: RoomListFilter = { name: 'queued', filters: { queued: 'true' } }
const ON_HOLD: RoomListFilter = { name: 'onhold', filters: { onhold: 'true' } }
const CLOSED: RoomListFilter = { name: 'closed', filters: { open: 'false' } }
/** What `open=true` lists on a server without the filter `queued`. */
const OPEN_OR_QUEUED: RoomListFilter = { name: 'unclosed', filters: OPEN.filters }

const filtersByStatus = { OPEN, QUEUED, ON_HOLD, CLOSED } as const

/** The states that the rooms of a query can be in; null for any. A room that nobody serves is queued, whatever its query. */
export function listStatuses(query: RoomQuery): readonly RoomStatus[] | null {
  const statuses = possibleStatuses(query)
  return query.isUnassigned ? (statuses ?? []).filter((status) => status === 'QUEUED') : statuses
}

/** Throws UNSUPPORTED for a search: the server searches the messages of one room, or the titles of all. */
export function assertNoSearch({ text }: RoomQuery, provider: string): void {
  if (text === null) return
  const detail = 'Rocket.Chat cannot search the messages of all rooms: leave out `filter.text`.'
  throw new ChatError('UNSUPPORTED', detail, { provider })
}

/**
 * Chooses the lists that together contain the rooms of some states (docs/providers/rocketchat.md 16.1). On servers with
 * the filter `queued` no filter covers two states; on older ones `open=true` includes rooms without an agent. Several
 * states that include CLOSED use one unfiltered list, because most rooms are closed.
 */
export function roomListFiltersFor(
  status: readonly RoomStatus[] | null,
  hasQueuedFilter: boolean,
): readonly RoomListFilter[] {
  const wanted = new Set<RoomStatus>(status ?? ['UNKNOWN'])
  if (wanted.has('UNKNOWN') || (wanted.has('CLOSED') && wanted.size > 1)) return [ALL]
  const isOneList = !hasQueuedFilter && wanted.has('QUEUED')
  return [...wanted].flatMap((state) => {
    if (state === 'UNKNOWN' || (isOneList && state === 'OPEN')) return []
    return isOneList && state === 'QUEUED' ? [OPEN_OR_QUEUED] : [filtersByStatus[state]]
  })
}

/** Maps the other filters of a query to the server's parameters (docs/providers/rocketchat.md 4.2, 16.1). */
export function toListParameters(query: RoomQuery): ListQuery {
  const { departmentId, agentId, tags } = query
  const createdAt = toPeriod(query.createdFrom, query.createdTo)
  const closedAt = toPeriod(query.closedFrom, query.closedTo)
  return {
    ...(departmentId !== null && { departmentId }),
    ...(agentId !== null && { agents: [agentId] }),
    ...(tags && { tags }),
    ...(createdAt !== null && { createdAt }),
    ...(closedAt !== null && { closedAt }),
  }
}

/** The server's end is inclusive, and its times have whole milliseconds. */
function toPeriod(from: Date | null, to: Date | null): string | null {
  if (!from && !to) return null
  const end = to && new Date(to.getTime() - 1)
  return JSON.stringify({
    ...(from && { start: from.toISOString() }),
    ...(end && { end: end.toISOString() }),
  })
}
