import type { RoomQuery } from '../../chat/adapter.ts'
import { groupNumber } from './group-number.ts'

/** What list_chats can filter by, as far as the gateway asks (docs/providers/livechat.md 3.2). */
export interface ChatFilters {
  readonly include_chats_without_threads: false
  readonly active: boolean
  readonly group_ids?: readonly number[]
}

/** The filters of a query for open chats and for closed ones; null where none can match: nobody need be asked. */
export function chatFilters({ status, departmentId }: RoomQuery): {
  readonly open: ChatFilters | null
  readonly closed: ChatFilters | null
} {
  const groupId = departmentId === null ? null : groupNumber(departmentId)
  if (departmentId !== null && groupId === null) return { open: null, closed: null }
  const group = groupId === null ? {} : { group_ids: [groupId] }
  const filters = (active: boolean) => ({ include_chats_without_threads: false, active, ...group }) as const
  const wanted = (...some: readonly string[]) => status === null || status.some((one) => some.includes(one))
  return {
    open: wanted('OPEN', 'QUEUED') ? filters(true) : null,
    closed: wanted('CLOSED') ? filters(false) : null,
  }
}
