import type { Caller } from '../../domain/caller.ts'
import {
  type CapabilityManifest,
  checkCapability,
  type RoomCapability,
  roomCapabilities,
} from '../../domain/capability.ts'
import type { Room } from '../../domain/model.ts'

/**
 * Returns why a capability is denied in a room; null if it is not. `ownAgentId` is the agent that the caller's writes appear as:
 * null for a room without agents, and if it cannot be determined.
 */
export type RoomDenialReasonFinder = (
  room: Room,
  capability: RoomCapability['capability'],
  ownAgentId: string | null,
) => string | null

/** Capabilities that a provider denies in a room although its manifest allows them. */
interface RoomRules {
  readonly deniedInClosedRooms: readonly RoomCapability['capability'][]
  readonly findDenialReason: RoomDenialReasonFinder
  /** See `RoomDenialReasonFinder`. */
  readonly ownAgentId: string | null
}

/** Returns the caller's capabilities in a room: those of the manifest, except those that the provider denies in this room. */
export function roomCapabilitiesOf(
  room: Room,
  caller: Caller,
  provider: { readonly name: string; readonly supports: CapabilityManifest },
  { deniedInClosedRooms, findDenialReason, ownAgentId }: RoomRules,
): readonly RoomCapability[] {
  return roomCapabilities.map((capability) => {
    const denied = checkCapability(provider, capability, caller)?.message ?? null
    const isClosed = room.status === 'CLOSED' && deniedInClosedRooms.includes(capability)
    const reason =
      denied ?? (isClosed ? 'The room is closed.' : findDenialReason(room, capability, ownAgentId))
    return { capability, allowed: reason === null, reason }
  })
}
