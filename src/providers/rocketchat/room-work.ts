import { unsupported } from '../../domain/capability.ts'
import type { CapabilityImplementations } from '../shared/chat-adapter.ts'
import type { translateErrorsWith } from '../shared/error-translation.ts'
import type { RoomWorkCapability } from '../shared/room-work.ts'
import type { AgentApi } from './agent/agent-api.ts'
import type { supportsOf } from './supports.ts'

/** Implements taking, assigning, transferring and returning rooms, which need a service account. */
export function implementRoomWork(
  agent: AgentApi | null,
  supports: ReturnType<typeof supportsOf>,
  translateErrors: ReturnType<typeof translateErrorsWith>,
): Pick<CapabilityImplementations, RoomWorkCapability> {
  if (!agent) {
    return {
      TAKE_ROOM: unsupported(supports.TAKE_ROOM.denialReason),
      ASSIGN_ROOM: unsupported(supports.ASSIGN_ROOM.denialReason),
      TRANSFER_ROOM: unsupported(supports.TRANSFER_ROOM.denialReason),
      REQUEUE_ROOM: unsupported(supports.REQUEUE_ROOM.denialReason),
    }
  }
  const { roomWork } = agent
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
