import type { RoomQuery } from '../../../domain/adapter.ts'
import { parseGroupId } from '../group-id.ts'

/** What list_chats can filter by, as far as the gateway asks (docs/providers/livechat.md 3.2). */
export interface ChatListFilters {
  readonly include_chats_without_threads: false
  readonly active: boolean
  readonly group_ids?: readonly number[]
}

/** The filters of a query for open chats and for closed ones; null where none can match: nobody need be asked. */
export function toChatListFilters({ status, departmentId }: RoomQuery): {
  readonly open: ChatListFilters | null
  readonly closed: ChatListFilters | null
} {
  const groupId = departmentId === null ? null : parseGroupId(departmentId)
  if (departmentId !== null && groupId === null) return { open: null, closed: null }
  const group = groupId === null ? {} : { group_ids: [groupId] }
  const filters = (active: boolean) => ({ include_chats_without_threads: false, active, ...group }) as const
  const wanted = (...some: readonly string[]) => status === null || status.some((one) => some.includes(one))
  return {
    open: wanted('OPEN', 'QUEUED') ? filters(true) : null,
    closed: wanted('CLOSED') ? filters(false) : null,
  }
}
