import type { MessageVisibility, Participant, Room, RoomStatus } from '../../domain/model.ts'
import { findNewest, isVisibleTo, mapEvent, mapParticipant } from './map.ts'
import { toDate } from './timestamps.ts'
import type { WireEvent, WireThread, WireUser } from './wire.ts'

/** What is known of a chat: of its latest thread, and of the newest events. */
export interface ChatParts {
  readonly id: string
  readonly users: readonly WireUser[]
  readonly access?: { readonly group_ids: readonly number[] } | null | undefined
  readonly thread?: WireThread | null | undefined
  readonly events: readonly { readonly thread_id: string; readonly event: WireEvent }[]
  /** When its first thread began, in microseconds; null where that is not known. */
  readonly createdMicros: number | null
}

/**
 * A chat with all its threads as one room, as a caller of this view may see it
 * (docs/providers/livechat.md 9).
 */
export function mapRoom(chat: ChatParts, view: MessageVisibility, provider: string): Room {
  const { id: nativeId, thread, createdMicros } = chat
  const events = chat.events.filter((row) => isVisibleTo(view, row.event))
  const users = new Map(chat.users.map((user) => [user.id, user]))
  const newest = findNewest(events)
  const status = statusOf(thread)
  const lastMicros = newest?.event.created_at ?? thread?.created_at ?? null
  return {
    type: 'Room',
    provider,
    nativeId,
    status,
    visitor: people(chat.users.filter(({ type }) => type === 'customer'))[0] ?? null,
    agents: agentsOf(chat.users, thread),
    departmentId: findDepartmentId(chat),
    tags: thread?.tags ?? [],
    createdAt: createdMicros === null ? null : toDate(createdMicros),
    closedAt: status === 'CLOSED' && thread ? closedAt(thread, events) : null,
    lastActivityAt: lastMicros === null ? null : toDate(lastMicros),
    lastMessage:
      newest && mapEvent(newest.event, { provider, chatId: nativeId, threadId: newest.thread_id, users }),
  }
}

function statusOf(thread: ChatParts['thread']): RoomStatus {
  if (typeof thread?.active !== 'boolean') return 'UNKNOWN'
  if (!thread.active) return 'CLOSED'
  return thread.queue ? 'QUEUED' : 'OPEN'
}

/** Who answers now, or answered last. An agent who only listens (of visibility `agents`) does not. */
function agentsOf(users: readonly WireUser[], thread: ChatParts['thread']): readonly Participant[] {
  const heard = users.filter(({ type, visibility }) => type === 'agent' && !visibility)
  const here = heard.filter(({ id, present }) =>
    thread?.active ? present !== false : thread?.user_ids.includes(id),
  )
  return people(here)
}

function people(users: readonly WireUser[]): readonly Participant[] {
  return users.map((user) => mapParticipant(user.id, user))
}

/**
 * The group that a chat belongs to. Group 0 is everybody's: any other says more
 * (docs/providers/livechat.md 9).
 */
export function findDepartmentId({ access, thread }: Pick<ChatParts, 'access' | 'thread'>): string | null {
  const groupIds = access?.group_ids ?? thread?.access?.group_ids ?? []
  const first = groupIds.find((id) => id !== 0) ?? groupIds[0]
  return first === undefined ? null : String(first)
}

/** LiveChat does not tell; it says so in a system message, and else the last event comes closest. */
function closedAt({ id }: WireThread, events: ChatParts['events']): Date | null {
  const own = events.filter(({ thread_id }) => thread_id === id)
  const said = own.filter(({ event }) => /archived/.test(event.system_message_type ?? ''))
  const last = findNewest(said) ?? findNewest(own)
  return last && toDate(last.event.created_at)
}
