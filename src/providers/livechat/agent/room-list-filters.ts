import { ChatError } from '../../../domain/errors.ts'
import { possibleStatuses, type RoomQuery } from '../../../domain/room-query.ts'
import { parseGroupId } from '../chat-requests.ts'
import { formatMicros } from '../timestamps.ts'

/** The filters of list_chats that the gateway uses (docs/providers/livechat.md 3.2). */
export interface ChatListFilters {
  readonly include_chats_without_threads: false
  readonly active: boolean
  readonly group_ids?: readonly number[]
}

/** The filters of list_archives that the gateway uses (docs/providers/livechat.md 18). */
export interface ArchiveFilters {
  readonly group_ids?: readonly number[]
  readonly agents?: { readonly values: readonly string[] }
  readonly tags?: { readonly values: readonly string[] }
  readonly query?: string
  readonly to?: string
}

/** The filters of each list that can contain rooms of a query; null for a list that cannot. */
export interface RoomListFilters {
  readonly open: ChatListFilters | null
  readonly closed: ChatListFilters | null
  /** In place of `closed`, for a query by what only list_archives can filter by. */
  readonly archived: ArchiveFilters | null
}

const NOWHERE: RoomListFilters = { open: null, closed: null, archived: null }

/**
 * Converts a query to filters. list_chats filters by state and group only. Open chats are read whole, so the caller can
 * apply the rest; of closed ones there are too many. Throws UNSUPPORTED for a search that includes open chats.
 */
export function toRoomListFilters(query: RoomQuery, provider: string): RoomListFilters {
  const { departmentId, agentId, tags, text } = query
  const groupId = departmentId === null ? null : parseGroupId(departmentId)
  if (departmentId !== null && groupId === null) return NOWHERE
  const group = groupId === null ? {} : { group_ids: [groupId] }
  const statuses = possibleStatuses(query)
  const isPossible = (...states: readonly string[]) => statuses?.some((one) => states.includes(one)) ?? true
  const filters = (active: boolean) => ({ include_chats_without_threads: false, active, ...group }) as const
  const open = isPossible('OPEN', 'QUEUED') ? filters(true) : null
  if (open && text !== null) {
    const detail = 'LiveChat searches closed rooms only: add `status: [CLOSED]` to the filter.'
    throw new ChatError('UNSUPPORTED', detail, { provider })
  }
  if (!isPossible('CLOSED')) return { ...NOWHERE, open }
  const needsArchives = agentId !== null || tags !== null || text !== null
  return needsArchives
    ? { open, closed: null, archived: { ...group, ...toArchiveFilters(query) } }
    : { open, closed: filters(false), archived: null }
}

/** Whether `to` applies to the start or to the end of a thread is undocumented; a closed one has started before it ended. */
function toArchiveFilters({ agentId, tags, text, closedTo }: RoomQuery): ArchiveFilters {
  return {
    ...(agentId !== null && { agents: { values: [agentId] } }),
    ...(tags && { tags: { values: tags } }),
    ...(text !== null && { query: text }),
    ...(closedTo && { to: formatMicros(closedTo.getTime() * 1000) }),
  }
}
