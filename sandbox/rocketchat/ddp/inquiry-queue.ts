import { isDeepStrictEqual } from 'node:util'
import type { Room } from '../model.ts'
import { findInquiry, type Inquiry } from '../workspace/inquiries.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Streams } from './streams.ts'

export const INQUIRY_QUEUE = 'stream-livechat-inquiry-queue-observer'

/**
 * Sends the changes of the queue; none with automatic routing (docs/providers/rocketchat.md 21.4). The returned function
 * stops it.
 */
export function publishInquiries(workspace: Workspace, streams: Streams): () => void {
  const inquiries = new Map<string, Inquiry>()
  const onRoom = ({ _id: rid }: Pick<Room, '_id'>): void => {
    const before = inquiries.get(rid)
    const after = findInquiry(workspace, rid)
    if (after) inquiries.set(rid, after)
    else inquiries.delete(rid)
    if (workspace.settings.Livechat_Routing_Method === 'Manual_Selection') publish(streams, before, after)
  }
  for (const room of workspace.rooms.values()) onRoom(room)
  workspace.events.on('roomWritten', onRoom)
  workspace.events.on('roomRemoved', onRoom)
  return () => {
    workspace.events.off('roomWritten', onRoom)
    workspace.events.off('roomRemoved', onRoom)
  }
}

const CLIENT_ACTIONS = { added: 'inserted', changed: 'updated', removed: 'removed' }

/** A change of a department's inquiry is sent to `public` too, its arrival and its end only to the department. */
function publish(streams: Streams, before: Inquiry | undefined, after: Inquiry | undefined): void {
  const inquiry = after ?? before
  if (!inquiry || isDeepStrictEqual(before, after)) return
  const type = !before ? 'added' : !after ? 'removed' : 'changed'
  const clientAction = CLIENT_ACTIONS[type]
  streams.emit(INQUIRY_QUEUE, inquiry._id, [{ _id: inquiry._id, ...after, clientAction }])
  const events = new Set([
    inquiry.department === undefined ? 'public' : `department/${inquiry.department}`,
    ...(type === 'changed' ? ['public'] : []),
  ])
  for (const event of events) streams.emit(INQUIRY_QUEUE, event, [{ type, ...inquiry }])
}
