import type { Agent } from '../model.ts'
import { canAccess } from '../workspace/permissions.ts'
import { findRoom } from '../workspace/rooms.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** The event of `stream-room-messages` that covers every room that the user can access. */
export const MY_MESSAGES = '__my_messages__'

/** The tokens that an anonymous visitor sends with a subscription. */
export interface VisitorTokens {
  readonly visitorToken?: string | undefined
  readonly token?: string | undefined
}

/** A client that wants to read an event. */
export interface StreamReader {
  readonly user: Agent | undefined
  readonly tokens: VisitorTokens
}

type MayRead = (workspace: Workspace, event: string, reader: StreamReader) => boolean

/** The streams, and who may subscribe to their events (docs/providers/rocketchat.md 7.2 and 21). */
const STREAMS: Readonly<Record<string, MayRead>> = {
  'stream-room-messages': (workspace, event, reader) =>
    // Ready for everybody, also without a login: access is tested for each message.
    event === MY_MESSAGES || mayReadMessages(workspace, event, reader),
}

/** Whether the server has a stream of this name. */
export function isStream(name: string): boolean {
  return Object.hasOwn(STREAMS, name)
}

/** Whether a client may subscribe to an event of a stream. */
export function mayRead(workspace: Workspace, stream: string, event: string, reader: StreamReader): boolean {
  return STREAMS[stream]?.(workspace, event, reader) === true
}

function mayReadMessages(workspace: Workspace, rid: string, { user, tokens }: StreamReader): boolean {
  if (user && mayAccess(workspace, user, rid)) return true
  const own = tokens.visitorToken === undefined ? undefined : findRoom(workspace, tokens.visitorToken, rid)
  return own !== undefined && (own.open === true || !workspace.profile.streamNeedsOpenRoom)
}

function mayAccess(workspace: Workspace, user: Agent, rid: string): boolean {
  const room = workspace.rooms.get(rid)
  return room !== undefined && canAccess(workspace, user, room)
}
