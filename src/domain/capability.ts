import type { Caller, Permission, Role } from './caller.ts'
import { ChatError } from './errors.ts'
import { checkPermission } from './permission.ts'

export const capabilities = [
  'LIST_ROOMS',
  'READ_MESSAGES',
  'START_ROOM',
  'SEND_MESSAGE',
  'UPDATE_MESSAGE',
  'DELETE_MESSAGE',
  'CLOSE_ROOM',
  'TAKE_ROOM',
  'ASSIGN_ROOM',
  'TRANSFER_ROOM',
  'REQUEUE_ROOM',
  'SET_TAGS',
  'RATE_ROOM',
  'REQUEST_TRANSCRIPT',
  'SEND_NOTE',
  'SEND_FILE',
  'SET_TYPING',
  'MARK_SEEN',
  'LIST_AGENTS',
  'SET_AGENT_STATUS',
  'RENEW_VISITOR',
  'SEND_OFFLINE_MESSAGE',
  'LIST_OFFLINE_MESSAGES',
] as const
export type Capability = (typeof capabilities)[number]

/**
 * The permission that an operator needs for each capability; null for what everybody can do without a credential, and where
 * it depends on the object.
 */
const permissionFor: Readonly<Record<Capability, Permission | null>> = {
  LIST_ROOMS: 'READ',
  READ_MESSAGES: 'READ',
  START_ROOM: null,
  SEND_MESSAGE: 'WRITE',
  UPDATE_MESSAGE: 'WRITE',
  DELETE_MESSAGE: 'WRITE',
  CLOSE_ROOM: 'WRITE',
  TAKE_ROOM: 'WRITE',
  ASSIGN_ROOM: 'WRITE',
  TRANSFER_ROOM: 'WRITE',
  REQUEUE_ROOM: 'WRITE',
  SET_TAGS: 'WRITE',
  RATE_ROOM: 'WRITE',
  REQUEST_TRANSCRIPT: 'WRITE',
  SEND_NOTE: 'WRITE',
  SEND_FILE: 'WRITE',
  SET_TYPING: 'WRITE',
  MARK_SEEN: 'WRITE',
  LIST_AGENTS: 'READ',
  SET_AGENT_STATUS: null,
  RENEW_VISITOR: null,
  SEND_OFFLINE_MESSAGE: null,
  LIST_OFFLINE_MESSAGES: 'READ',
}

/** The capabilities that depend on the room. */
export const roomCapabilities = [
  'READ_MESSAGES',
  'SEND_MESSAGE',
  'UPDATE_MESSAGE',
  'DELETE_MESSAGE',
  'CLOSE_ROOM',
  'TAKE_ROOM',
  'ASSIGN_ROOM',
  'TRANSFER_ROOM',
  'REQUEUE_ROOM',
  'SET_TAGS',
  'RATE_ROOM',
  'REQUEST_TRANSCRIPT',
  'SEND_NOTE',
  'SEND_FILE',
  'SET_TYPING',
  'MARK_SEEN',
] as const satisfies readonly Capability[]

/** The roles that can use a capability of a provider as it is configured, and the reason that all other roles receive. */
export interface CapabilitySupport {
  readonly roles: readonly Role[]
  readonly denialReason: string
}

/** An adapter's declaration of what it supports. The schema and the conformance tests rely on it. */
export type CapabilityManifest = Readonly<Record<Capability, CapabilitySupport>>

/** Whether a caller can use a capability in a room now; `reason` says why not. */
export interface RoomCapability {
  readonly capability: Capability
  readonly allowed: boolean
  readonly reason: string | null
}

/** A capability without roles: the only kind that an adapter need not implement. */
export interface UnsupportedCapability extends CapabilitySupport {
  readonly roles: readonly []
}

/** Declares that no role can use a capability, with the reason. */
export function unsupported(denialReason: string): UnsupportedCapability {
  return { roles: [], denialReason }
}

/** Whether offline messages are accepted for a provider; if so, the gateway stores and lists them. */
export function acceptsOfflineMessages({ supports }: { readonly supports: CapabilityManifest }): boolean {
  return supports.SEND_OFFLINE_MESSAGE.roles.length > 0
}

/**
 * Returns the error for a caller that cannot use a capability, else null. An operator's permissions are checked first, then
 * the provider's manifest. Sends no request.
 */
export function checkCapability(
  provider: { readonly name: string; readonly supports: CapabilityManifest },
  capability: Capability,
  caller: Caller,
): ChatError | null {
  const forbidden = checkPermission(caller, permissionFor[capability])
  if (forbidden) return forbidden
  const { roles, denialReason } = provider.supports[capability]
  if (roles.includes(caller.role)) return null
  const options = { provider: provider.name }
  if (roles.length === 0) return new ChatError('UNSUPPORTED', denialReason, options)
  if (caller.role === 'ANONYMOUS') {
    return new ChatError('UNAUTHENTICATED', `${capability} needs a credential. ${denialReason}`, options)
  }
  return new ChatError(caller.role === 'OPERATOR' ? 'UNSUPPORTED' : 'FORBIDDEN', denialReason, options)
}
