import type { CallContext } from '../../domain/adapter.ts'
import { unsupported } from '../../domain/capability.ts'
import type { CapabilityImplementations } from '../shared/chat-adapter.ts'
import type { translateErrorsWith } from '../shared/error-translation.ts'
import type { RoomWorkCapability } from '../shared/room-work.ts'
import type { AgentRoomWork } from './agent/agent-room-work.ts'
import type { RoomApi } from './room-api.ts'
import type { supportsOf } from './supports.ts'

/** Implements taking, assigning, transferring and returning rooms. `roomWork` is null without an agent credential. */
export function implementRoomWork(
  roomWork: AgentRoomWork | null,
  roomApiFor: (call: CallContext) => RoomApi,
  supports: ReturnType<typeof supportsOf>,
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
      methods: { takeRoom: translateErrors((roomId, call) => roomWork.take(roomId, roomApiFor(call))) },
    },
    ASSIGN_ROOM: {
      ...supports.ASSIGN_ROOM,
      methods: {
        assignRoom: translateErrors((roomId, agentId, comment, call) =>
          roomWork.assign(roomId, agentId, comment, roomApiFor(call)),
        ),
      },
    },
    TRANSFER_ROOM: {
      ...supports.TRANSFER_ROOM,
      methods: {
        transferRoom: translateErrors((roomId, departmentId, comment, call) =>
          roomWork.transfer(roomId, departmentId, comment, roomApiFor(call)),
        ),
      },
    },
    REQUEUE_ROOM: {
      ...supports.REQUEUE_ROOM,
      methods: { requeueRoom: translateErrors((roomId, call) => roomWork.requeue(roomId, roomApiFor(call))) },
    },
  }
}
