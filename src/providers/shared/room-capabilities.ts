import type { Caller } from '../../domain/caller.ts'
import {
  type CapabilityManifest,
  checkCapability,
  type RoomCapability,
  roomCapabilities,
} from '../../domain/capability.ts'
import type { Room } from '../../domain/model.ts'

/** What the caller may do in a room now: what the manifest allows, except for what the provider denies in closed rooms. */
export function roomCapabilitiesOf(
  room: Room,
  caller: Caller,
  provider: { readonly name: string; readonly supports: CapabilityManifest },
  deniedInClosedRooms: readonly RoomCapability['capability'][],
): readonly RoomCapability[] {
  return roomCapabilities.map((capability) => {
    const denied = checkCapability(provider, capability, caller)?.message ?? null
    const isClosed = room.status === 'CLOSED' && deniedInClosedRooms.includes(capability)
    const reason = denied ?? (isClosed ? 'The room is closed.' : null)
    return { capability, allowed: reason === null, reason }
  })
}
