import type { SystemEventKind } from '../../domain/model.ts'

/** The fields of a system message that tell what happened. */
export interface SystemMessage {
  readonly t: string | null
  readonly msg: string
  readonly transferScope: string | null
}

const kindsByType: ReadonlyMap<string, SystemEventKind> = new Map([
  ['uj', 'JOINED'],
  ['au', 'JOINED'],
  ['ul', 'LEFT'],
  ['ru', 'LEFT'],
  ['livechat_transfer_history', 'TRANSFERRED'],
  ['livechat_transfer_history_fallback', 'TRANSFERRED'],
  ['livechat-close', 'CLOSED'],
])

/** Returns what a system message reports (docs/providers/rocketchat.md 2, 12.3, 12.4). */
export function systemEventOf({ t, msg, transferScope }: SystemMessage): SystemEventKind {
  // An agent took the room. Older servers write no `uj` for that.
  if (t === 'command' && msg === 'connected') return 'JOINED'
  const kind = kindsByType.get(t ?? '') ?? 'OTHER'
  return kind === 'TRANSFERRED' && transferScope === 'queue' ? 'QUEUED' : kind
}
