import type { SystemEventKind } from '../../domain/model.ts'

const kindsByType: ReadonlyMap<string, SystemEventKind> = new Map([
  ['agent_added', 'JOINED'],
  ['agent_joined', 'JOINED'],
  ['customer_added', 'JOINED'],
  ['agent_left', 'LEFT'],
  ['agent_removed', 'LEFT'],
  ['customer_removed', 'LEFT'],
  ['chat_transferred', 'TRANSFERRED'],
  ['manual_archived_agent', 'CLOSED'],
  ['manual_archived_customer', 'CLOSED'],
  ['archived_customer_disconnected', 'CLOSED'],
  ['customer_banned', 'CLOSED'],
  ['system_archived', 'CLOSED'],
])

/** Groups of types, which end with the reason. */
const kindsByPrefix: readonly (readonly [prefix: string, kind: SystemEventKind])[] = [
  ['routing.assigned_', 'TRANSFERRED'],
  ['routing.unassigned_', 'QUEUED'],
  ['routing.archived_', 'CLOSED'],
  ['rating.', 'RATED'],
]

/** Returns what a system message of a type reports (docs/providers/livechat.md 21). */
export function systemEventOf(type: string | null): SystemEventKind {
  if (type === null) return 'OTHER'
  return kindsByType.get(type) ?? kindsByPrefix.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'OTHER'
}
