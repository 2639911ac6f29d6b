import type { RoomQuery } from '../../chat/adapter.ts'
import type { RoomStatus } from '../../chat/model.ts'

/** What list_chats can filter by, as far as the gateway asks (livechat.md 3.2). */
export interface ChatFilters {
  readonly include_chats_without_threads: false
  readonly active?: boolean
  readonly group_ids?: readonly number[]
}

const ACTIVE: ReadonlySet<RoomStatus> = new Set(['OPEN', 'QUEUED'])

/** The filters of a query; null where no chat can match, so that nobody need be asked. */
export function chatFilters({ status, departmentId }: RoomQuery): ChatFilters | null {
  if (departmentId !== null && !/^\d{1,9}$/.test(departmentId)) return null
  const active = status === null || status.some((one) => ACTIVE.has(one))
  const inactive = status === null || status.includes('CLOSED')
  if (!active && !inactive) return null
  return {
    include_chats_without_threads: false,
    ...(active && inactive ? {} : { active }),
    ...(departmentId === null ? {} : { group_ids: [Number(departmentId)] }),
  }
}
