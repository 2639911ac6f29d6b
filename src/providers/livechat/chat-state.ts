import { type ChatParts, findDepartmentId, mapRoomStatus, servingAgents } from './map.ts'
import type { WireThread } from './wire.ts'

/** The state that a thread shows; the latest thread's state is the chat's (docs/providers/livechat.md 12.2). */
export function revisionOf(thread: WireThread | undefined): string {
  if (!thread) return ''
  const { id, active, queue, tags, user_ids, groupIds, rating } = thread
  // The position in the queue and the estimated wait change all the time, and are no part of the room's state.
  return JSON.stringify([id, active, queue !== null, tags, user_ids, groupIds, rating])
}

/** Whether two responses of one API show the same state of a chat's latest thread, and the same system messages in it. */
export function isSameState(a: WireThread | null, b: WireThread | null): boolean {
  if (a === null || b === null) return a === b
  return revisionOf(a) === revisionOf(b) && lastSystemEventId(a) === lastSystemEventId(b)
}

function lastSystemEventId({ events }: WireThread): string | null {
  return events.rows.findLast(({ system_message_type: type }) => type !== null)?.id ?? null
}

/** Whether responses of both APIs, whose ids of agents differ, show the same state of a chat, as far as that can be compared. */
export function isAlike(a: ComparedChat, b: ComparedChat): boolean {
  return comparableState(a) === comparableState(b)
}

type ComparedChat = Pick<ChatParts, 'users' | 'groupIds' | 'thread'>

function comparableState(chat: ComparedChat): string {
  const { thread, users } = chat
  return JSON.stringify([
    thread?.id,
    mapRoomStatus(thread),
    findDepartmentId(chat),
    servingAgents(users, thread).length,
    thread?.user_ids.length,
    thread?.rating?.score,
  ])
}
