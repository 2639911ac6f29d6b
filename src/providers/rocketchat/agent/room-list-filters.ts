import type { RoomQuery } from '../../../domain/adapter.ts'
import type { RoomStatus } from '../../../domain/model.ts'

/** A filtered list of the server. */
export interface RoomListFilter {
  /** Part of resume tokens. */
  readonly name: string
  readonly filters: Readonly<Record<string, string>>
}

const ALL: RoomListFilter = { name: 'all', filters: {} }
const OPEN: RoomListFilter = { name: 'open', filters: { open: 'true' } }
const QUEUED: RoomListFilter = { name: 'queued', filters: { queued: 'true' } }
const ON_HOLD: RoomListFilter = { name: 'onhold', filters: { onhold: 'true' } }
const CLOSED: RoomListFilter = { name: 'closed', filters: { open: 'false' } }
/** What `open=true` lists on a server without the filter `queued`. */
const OPEN_OR_QUEUED: RoomListFilter = { name: 'unclosed', filters: OPEN.filters }

const filtersByStatus = { OPEN, QUEUED, ON_HOLD, CLOSED } as const

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

/**
 * Maps the other filters of a query to the server's parameters. They can match more rooms than the query; the caller
 * filters again (docs/providers/rocketchat.md 4.2).
 */
export function toListParameters({ departmentId, createdFrom, createdTo }: RoomQuery) {
  const created = {
    ...(createdFrom && { start: createdFrom.toISOString() }),
    ...(createdTo && { end: createdTo.toISOString() }),
  }
  return {
    ...(departmentId !== null && { departmentId }),
    ...((createdFrom || createdTo) && { createdAt: JSON.stringify(created) }),
  }
}
