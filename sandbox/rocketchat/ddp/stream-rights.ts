import type { Agent } from '../model.ts'
import { canAccess, hasPermission } from '../workspace/permissions.ts'
import { findRoom } from '../workspace/rooms.ts'
import { isSubscribed } from '../workspace/subscriptions.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { INQUIRY_QUEUE } from './inquiry-queue.ts'
import { LIVECHAT_ROOM } from './livechat-room.ts'
import { MY_MESSAGES, ROOM_MESSAGES } from './room-messages.ts'
import { NOTIFY_ROOM } from './room-notifications.ts'
import { NOTIFY_USER, ROOM_DATA } from './user-rooms.ts'
import { NOTIFY_LOGGED } from './user-status.ts'

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
  [ROOM_MESSAGES]: (workspace, event, reader) =>
    // Ready for everybody, also without a login: access is tested for each message.
    event === MY_MESSAGES || mayReadMessages(workspace, event, reader),
  [NOTIFY_ROOM]: mayReadNotifications,
  [ROOM_DATA]: (workspace, rid, { user }) => mayAccess(workspace, user, rid),
  [LIVECHAT_ROOM]: (workspace, rid, { tokens }) => isVisitorOf(workspace, rid, tokens.visitorToken),
  [INQUIRY_QUEUE]: (workspace, _event, { user }) =>
    user !== undefined && hasPermission(workspace, user, 'view-l-room'),
  [NOTIFY_LOGGED]: (_workspace, _event, { user }) => user !== undefined,
  [NOTIFY_USER]: (_workspace, event, { user }) => user !== undefined && event.split('/')[0] === user._id,
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
  if (mayAccess(workspace, user, rid)) return true
  if (!isVisitorOf(workspace, rid, tokens.visitorToken)) return false
  return workspace.rooms.get(rid)?.open === true || !workspace.profile.streamNeedsOpenRoom
}

function mayReadNotifications(workspace: Workspace, event: string, { user, tokens }: StreamReader): boolean {
  const rid = event.split('/')[0] ?? ''
  if (isVisitorOf(workspace, rid, tokens.token)) return true
  if (workspace.profile.notificationsNeedMembership) {
    return user !== undefined && isSubscribed(workspace, rid, user._id)
  }
  return mayAccess(workspace, user, rid)
}

function mayAccess(workspace: Workspace, user: Agent | undefined, rid: string): boolean {
  const room = workspace.rooms.get(rid)
  return user !== undefined && room !== undefined && canAccess(workspace, user, room)
}

function isVisitorOf(workspace: Workspace, rid: string, token: string | undefined): boolean {
  return token !== undefined && findRoom(workspace, token, rid) !== undefined
}
