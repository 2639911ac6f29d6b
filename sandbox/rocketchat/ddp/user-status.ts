import type { Agent } from '../model.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Streams } from './streams.ts'

export const NOTIFY_LOGGED = 'stream-notify-logged'

const STATUS_NUMBERS: Readonly<Record<Agent['status'], number>> = { offline: 0, online: 1, away: 2, busy: 3 }

/** Tells every user the presence of the others (docs/providers/rocketchat.md 21.4). The returned function stops it. */
export function publishUserStatus(workspace: Workspace, streams: Streams): () => void {
  const onPresence = ({ _id, username, status, name, roles }: Agent): void => {
    const presence = [_id, username, STATUS_NUMBERS[status], '', name, roles]
    streams.emit(NOTIFY_LOGGED, 'user-status', [presence])
  }
  workspace.events.on('presence', onPresence)
  return () => {
    workspace.events.off('presence', onPresence)
  }
}
