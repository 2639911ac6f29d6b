import type { RoomQuery } from '../../../domain/adapter.ts'
import type { Room } from '../../../domain/model.ts'
import { parseGroupId } from '../chat-requests.ts'
import type { RoomApi } from '../room-api.ts'
import type { WireChatSummary } from '../wire.ts'

/** The filters of list_chats that the gateway uses (docs/providers/livechat.md 3.2). */
export interface ChatListFilters {
  readonly include_chats_without_threads: false
  readonly active: boolean
  readonly group_ids?: readonly number[]
}

/** One read of the open or the closed chats of a query. */
export interface RoomListRequest {
  readonly api: RoomApi
  readonly filters: ChatListFilters
  readonly query: RoomQuery
  readonly toRoom: (summary: WireChatSummary) => Room
}

/** Converts a query to filters for open and for closed chats; null if no chat can match. */
export function toChatListFilters({ status, departmentId }: RoomQuery): {
  readonly open: ChatListFilters | null
  readonly closed: ChatListFilters | null
} {
  const groupId = departmentId === null ? null : parseGroupId(departmentId)
  if (departmentId !== null && groupId === null) return { open: null, closed: null }
  const group = groupId === null ? {} : { group_ids: [groupId] }
  const filters = (active: boolean) => ({ include_chats_without_threads: false, active, ...group }) as const
  const matches = (...statuses: readonly string[]) =>
    status === null || status.some((one) => statuses.includes(one))
  return {
    open: matches('OPEN', 'QUEUED') ? filters(true) : null,
    closed: matches('CLOSED') ? filters(false) : null,
  }
}
