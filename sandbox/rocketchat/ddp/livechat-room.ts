import type { Agent, Room } from '../model.ts'
import { agentInfo } from '../workspace/agents.ts'
import type { QueuePosition, Workspace } from '../workspace/workspace.ts'
import type { Streams } from './streams.ts'

export const LIVECHAT_ROOM = 'stream-livechat-room'

/**
 * Sends what a visitor's widget shows beside the messages: the agent, the agent's presence, and the place in the queue
 * (docs/providers/rocketchat.md 21.4). The returned function stops it.
 */
export function publishLivechatRoom(workspace: Workspace, streams: Streams): () => void {
  const onTaken = ({ _id, servedBy }: Room): void => {
    const data = servedBy && agentInfo(workspace, servedBy._id)
    if (data) streams.emit(LIVECHAT_ROOM, _id, [{ type: 'agentData', data }])
  }
  const onPresence = ({ _id: userId, status }: Agent): void => {
    for (const room of workspace.rooms.values()) {
      if (!room.open || room.servedBy?._id !== userId) continue
      streams.emit(LIVECHAT_ROOM, room._id, [{ type: 'agentStatus', status }])
    }
  }
  const onQueuePosition = (rid: string, position: QueuePosition | null): void => {
    // Without `data` the room is no longer queued.
    streams.emit(LIVECHAT_ROOM, rid, [{ type: 'queueData', ...(position && { data: position }) }])
  }
  workspace.events.on('taken', onTaken)
  workspace.events.on('presence', onPresence)
  workspace.events.on('queuePosition', onQueuePosition)
  return () => {
    workspace.events.off('taken', onTaken)
    workspace.events.off('presence', onPresence)
    workspace.events.off('queuePosition', onQueuePosition)
  }
}
