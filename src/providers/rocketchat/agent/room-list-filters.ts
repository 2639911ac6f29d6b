import type { RoomQuery } from '../../../domain/adapter.ts'
import type { RoomStatus } from '../../../domain/model.ts'

/** A list that the server keeps: its filters, under a name that cursors hold. */
export interface RoomListFilter {
  readonly name: string
  readonly filters: Readonly<Record<string, string>>
}

const EVERYTHING: RoomListFilter = { name: 'all', filters: {} }
const OPEN: RoomListFilter = { name: 'open', filters: { open: 'true' } }
const QUEUED: RoomListFilter = { name: 'queued', filters: { queued: 'true' } }
const ON_HOLD: RoomListFilter = { name: 'onhold', filters: { onhold: 'true' } }
const CLOSED: RoomListFilter = { name: 'closed', filters: { open: 'false' } }
/** The list of `open=true` on a server without `queued`. */
const OPEN_OR_QUEUED: RoomListFilter = { name: 'unclosed', filters: OPEN.filters }

const listings = { OPEN, QUEUED, ON_HOLD, CLOSED } as const

/**
 * The lists that together hold the rooms of these states (docs/providers/rocketchat.md 16.1). No filter holds
 * two states on servers that have `queued`; before, `open=true` held rooms without an agent too. Where closed
 * rooms are among several states one unfiltered list does: most rooms are closed.
 */
export function roomListFiltersFor(
  status: readonly RoomStatus[] | null,
  hasQueuedFilter: boolean,
): readonly RoomListFilter[] {
  const wanted = new Set<RoomStatus>(status ?? ['UNKNOWN'])
  if (wanted.has('UNKNOWN') || (wanted.has('CLOSED') && wanted.size > 1)) return [EVERYTHING]
  const isOneList = !hasQueuedFilter && wanted.has('QUEUED')
  return [...wanted].flatMap((state) => {
    if (state === 'UNKNOWN' || (isOneList && state === 'OPEN')) return []
    return isOneList && state === 'QUEUED' ? [OPEN_OR_QUEUED] : [listings[state]]
  })
}

/**
 * The server's other filters for a query; what they let through beyond it, the caller leaves out
 * (docs/providers/rocketchat.md 4.2).
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
