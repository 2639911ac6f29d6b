import type { CallContext } from '../../domain/adapter.ts'
import { type CapabilityManifest, unsupported } from '../../domain/capability.ts'
import type { Room } from '../../domain/model.ts'
import type { CapabilityImplementations } from './chat-adapter.ts'
import type { translateErrorsWith } from './error-translation.ts'
import type { RoomWorkCapability } from './room-work.ts'

/** Changes who serves the rooms of an account. Its methods are those of `ChatAdapter`, and throw the provider's errors. */
export interface RoomWork {
  take(roomId: string, call: CallContext): Promise<Room | null>
  assign(roomId: string, agentId: string, comment: string | null, call: CallContext): Promise<Room | null>
  transfer(
    roomId: string,
    departmentId: string,
    comment: string | null,
    call: CallContext,
  ): Promise<Room | null>
  requeue(roomId: string, call: CallContext): Promise<Room | null>
}

/** Creates the entries of taking, assigning, transferring and returning rooms. `roomWork` is null without an agent's credential. */
export function implementRoomWork(
  roomWork: RoomWork | null,
  supports: Pick<CapabilityManifest, RoomWorkCapability>,
  translateErrors: ReturnType<typeof translateErrorsWith>,
): Pick<CapabilityImplementations, RoomWorkCapability> {
  if (!roomWork) {
    return {
      TAKE_ROOM: unsupported(supports.TAKE_ROOM.denialReason),
      ASSIGN_ROOM: unsupported(supports.ASSIGN_ROOM.denialReason),
      TRANSFER_ROOM: unsupported(supports.TRANSFER_ROOM.denialReason),
      REQUEUE_ROOM: unsupported(supports.REQUEUE_ROOM.denialReason),
    }
  }
  return {
    TAKE_ROOM: {
      ...supports.TAKE_ROOM,
      methods: { takeRoom: translateErrors((roomId, call) => roomWork.take(roomId, call)) },
    },
    ASSIGN_ROOM: {
      ...supports.ASSIGN_ROOM,
      methods: {
        assignRoom: translateErrors((roomId, agentId, comment, call) =>
          roomWork.assign(roomId, agentId, comment, call),
        ),
      },
    },
    TRANSFER_ROOM: {
      ...supports.TRANSFER_ROOM,
      methods: {
        transferRoom: translateErrors((roomId, departmentId, comment, call) =>
          roomWork.transfer(roomId, departmentId, comment, call),
        ),
      },
    },
    REQUEUE_ROOM: {
      ...supports.REQUEUE_ROOM,
      methods: { requeueRoom: translateErrors((roomId, call) => roomWork.requeue(roomId, call)) },
    },
  }
}
