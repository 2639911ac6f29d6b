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
  'SEND_OFFLINE_MESSAGE',
  'LIST_OFFLINE_MESSAGES',
] as const
export type Capability = (typeof capabilities)[number]

/** The permission that each capability takes of an operator; null for what anybody may do without a credential. */
const permissionFor: Readonly<Record<Capability, Permission | null>> = {
  LIST_ROOMS: 'READ',
  READ_MESSAGES: 'READ',
  START_ROOM: null,
  SEND_MESSAGE: 'WRITE',
  UPDATE_MESSAGE: 'WRITE',
  DELETE_MESSAGE: 'WRITE',
  CLOSE_ROOM: 'WRITE',
  SEND_OFFLINE_MESSAGE: null,
  LIST_OFFLINE_MESSAGES: 'READ',
}

/** The capabilities that are a matter of one room. */
export const roomCapabilities = [
  'READ_MESSAGES',
  'SEND_MESSAGE',
  'UPDATE_MESSAGE',
  'DELETE_MESSAGE',
  'CLOSE_ROOM',
] as const satisfies readonly Capability[]

/** Who may use a capability of a provider as it is configured, and what everybody else is told. */
export interface CapabilitySupport {
  readonly roles: readonly Role[]
  readonly denialReason: string
}

/** An adapter's manifest: read by the schema, by callers and by the tests alike. */
export type CapabilityManifest = Readonly<Record<Capability, CapabilitySupport>>

/** What a caller may do in a room now, and why not. */
export interface RoomCapability {
  readonly capability: Capability
  readonly allowed: boolean
  readonly reason: string | null
}

/** A capability that no role has: the only one that an adapter need not implement. */
export interface UnsupportedCapability extends CapabilitySupport {
  readonly roles: readonly []
}

/** Support for nobody, with the reason. */
export function unsupported(denialReason: string): UnsupportedCapability {
  return { roles: [], denialReason }
}

/** Whether offline messages are accepted for a provider: then the gateway keeps them, and lists them. */
export function acceptsOfflineMessages({ supports }: { readonly supports: CapabilityManifest }): boolean {
  return supports.SEND_OFFLINE_MESSAGE.roles.length > 0
}

/**
 * Why the caller may not use a capability, or null where it may: an operator's permissions come first, then the
 * provider's manifest. Sends no request.
 */
export function checkCapability(
  provider: { readonly name: string; readonly supports: CapabilityManifest },
  capability: Capability,
  caller: Caller,
): ChatError | null {
  const forbidden = checkPermission(caller, permissionFor[capability])
  if (forbidden) return forbidden
  const { roles, denialReason: otherwise } = provider.supports[capability]
  if (roles.includes(caller.role)) return null
  const options = { provider: provider.name }
  if (roles.length === 0) return new ChatError('UNSUPPORTED', otherwise, options)
  if (caller.role === 'ANONYMOUS') {
    return new ChatError('UNAUTHENTICATED', `${capability} needs a credential. ${otherwise}`, options)
  }
  return new ChatError(caller.role === 'OPERATOR' ? 'UNSUPPORTED' : 'FORBIDDEN', otherwise, options)
}
