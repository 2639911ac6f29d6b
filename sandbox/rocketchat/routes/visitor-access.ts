import { plainError } from '../errors.ts'
import type { Room, Visitor } from '../model.ts'
import { findRoom } from '../workspace/rooms.ts'
import type { Workspace } from '../workspace/workspace.ts'

/**
 * The two first checks of every visitor call: a known token, and a room of that visitor
 * (docs/providers/rocketchat.md 1).
 */
export function requireGuestRoom(
  workspace: Workspace,
  { token, rid }: { readonly token: string; readonly rid: string },
): { readonly guest: Visitor; readonly room: Room } {
  const guest = workspace.visitors.get(token)
  if (!guest) throw plainError('invalid-token')
  const room = findRoom(workspace, token, rid)
  if (!room) throw plainError('invalid-room')
  return { guest, room }
}

/** The source of a room: the widget is recognised by its two cookies (docs/providers/rocketchat.md 1.1). */
export function sourceOf(headers: {
  readonly cookie?: string | undefined
  readonly host?: string | undefined
}): Room['source'] {
  const cookies = (headers.cookie ?? '').split(/;\s*/)
  const isWidget = cookies.includes('rc_is_widget=t') && cookies.includes('rc_room_type=l')
  return isWidget ? { type: 'widget', destination: headers.host ?? '' } : { type: 'api' }
}
