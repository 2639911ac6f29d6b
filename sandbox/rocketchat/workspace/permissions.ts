import type { Agent, Room } from '../model.ts'
import { isSubscribed } from './subscriptions.ts'
import type { Workspace } from './workspace.ts'

const MANAGERS = ['livechat-manager', 'livechat-monitor', 'admin']
const AGENTS = ['livechat-agent', ...MANAGERS]
const MODERATORS = ['admin', 'owner', 'moderator']

/** Rocket.Chat's defaults, as far as served routes ask for them (docs/providers/rocketchat.md 5). */
const HOLDERS = {
  'api-bypass-rate-limit': ['admin', 'bot', 'app'],
  'close-livechat-room': AGENTS,
  'close-others-livechat-room': MANAGERS,
  'delete-message': MODERATORS,
  'delete-own-message': ['admin', 'user'],
  'edit-message': MODERATORS,
  'edit-omnichannel-contact': AGENTS,
  'force-delete-message': ['admin', 'owner'],
  'manage-livechat-agents': MANAGERS,
  'manage-livechat-priorities': ['livechat-manager', 'admin'],
  'manage-livechat-tags': ['livechat-manager', 'admin'],
  'save-others-livechat-room-info': MANAGERS,
  'send-omnichannel-chat-transcript': ['livechat-manager', 'admin'],
  'transfer-livechat-guest': MANAGERS,
  'view-l-room': AGENTS,
  'view-livechat-departments': MANAGERS,
  'view-livechat-manager': ['livechat-manager', 'admin'],
  'view-livechat-rooms': MANAGERS,
} as const satisfies Record<string, readonly string[]>

/** A permission that some route asks for. */
export type Permission = keyof typeof HOLDERS

/** A fresh copy of the defaults, for a workspace to change. */
export function defaultPermissionRoles(): Map<Permission, readonly string[]> {
  return new Map(Object.entries(HOLDERS) as [Permission, readonly string[]][])
}

/** Whether one of the user's roles holds the permission. */
export function hasPermission(workspace: Workspace, user: Agent, permission: Permission): boolean {
  return (workspace.permissionRoles.get(permission) ?? []).some((role) => user.roles.includes(role))
}

/** Whether the user may see a room: every room with one permission, else those they serve, are in, or could take. */
export function canAccess(workspace: Workspace, user: Agent, room: Room): boolean {
  if (hasPermission(workspace, user, 'view-livechat-rooms')) return true
  if (room.servedBy?._id === user._id) return true
  if (isSubscribed(workspace, room._id, user._id)) return true
  return room.open === true && room.servedBy === undefined && hasPermission(workspace, user, 'view-l-room')
}
