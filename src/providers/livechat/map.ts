import {
  comparePositions,
  type Message,
  type MessageVisibility,
  NO_PARTICIPANT_DETAILS,
  NO_ROOM_DETAILS,
  type Participant,
  type QueuePlace,
  type Rating,
  type Room,
  type RoomStatus,
} from '../../domain/model.ts'
import { toHttpLink } from '../shared/http-link.ts'
import { Memo } from '../shared/memo.ts'
import { attachmentsOf, buttonsOf, formOf, kindOf, textOf } from './event-content.ts'
import type { ResponseTimes } from './response-times.ts'
import { systemEventOf } from './system-events.ts'
import { toDate } from './timestamps.ts'
import type { WireChatSummary, WireEvent, WireQueue, WireThread, WireUser } from './wire.ts'

/** What messages show of their authors. */
export type Author = Pick<WireUser, 'id' | 'type' | 'name' | 'email' | 'avatar'>

/** The provider, room and thread of a message, and the users of its chat. */
export interface MessageOrigin {
  readonly provider: string
  readonly chatId: string
  readonly threadId: string
  readonly users: ReadonlyMap<string, Author>
}

/** Returns the events of a thread that a caller with this view may see, in LiveChat's order. */
export function visibleEvents({ events }: WireThread, view: MessageVisibility): readonly WireEvent[] {
  return events.rows.filter((wire) => isVisibleTo(view, wire))
}

/** Whether a caller with this view may see an event. Notes are hidden from visitors here as well as by LiveChat. */
export function isVisibleTo(view: MessageVisibility, wire: WireEvent): boolean {
  return view === 'AGENTS' || visibilityOf(wire) === 'EVERYONE'
}

/** Maps an event to a message (docs/providers/livechat.md 3.5). */
export function mapEvent(wire: WireEvent, { provider, chatId, threadId, users }: MessageOrigin): Message {
  const kind = kindOf(wire)
  const isSystem = kind === 'SYSTEM'
  const ref = { roomId: chatId, threadId, messageId: wire.id }
  return {
    type: 'Message',
    provider,
    ref,
    position: { micros: wire.created_at, id: wire.id },
    kind,
    text: wire.deleted ? '' : textOf(wire),
    author: isSystem || !wire.author_id ? null : mapParticipant(wire.author_id, users.get(wire.author_id)),
    visibility: visibilityOf(wire),
    state: wire.deleted ? 'DELETED' : 'ACTIVE',
    createdAt: toDate(wire.created_at),
    editedAt: null,
    editedBy: null,
    attachments: wire.deleted ? [] : attachmentsOf(wire, provider, ref),
    form: kind === 'FORM' ? (wire.deleted ? [] : formOf(wire)) : null,
    buttons: wire.deleted ? [] : buttonsOf(wire),
    systemEvent: isSystem ? systemEventOf(wire.system_message_type) : null,
    ...(wire.formatting === 'commonmark' && { markup: 'COMMONMARK' as const }),
  }
}

/** Finds the newest of some events by time, then by id; null if there are none. */
function findNewest<T extends { readonly event: WireEvent }>(rows: readonly T[]): T | null {
  return rows.reduce<T | null>((newest, row) => {
    if (newest === null) return row
    return comparePositions(positionOf(newest.event), positionOf(row.event)) < 0 ? row : newest
  }, null)
}

/** Maps a user of a chat; `user` is undefined if the chat no longer lists it. */
export function mapParticipant(nativeId: string, user: Author | undefined): Participant {
  return {
    nativeId,
    name: user?.name || null,
    email: user?.email || null,
    avatarUrl: toHttpLink(user?.avatar),
    ...NO_PARTICIPANT_DETAILS,
    role: user?.type === 'customer' ? 'VISITOR' : user?.type === 'agent' ? 'AGENT' : 'UNKNOWN',
  }
}

/** The known parts of a chat: its latest thread, and its newest events. */
export interface ChatParts {
  readonly id: string
  readonly users: readonly WireUser[]
  readonly groupIds: readonly number[] | null
  readonly thread: WireThread | null
  readonly events: readonly { readonly thread_id: string; readonly event: WireEvent }[]
  /** When its first thread started, in microseconds; null if unknown. */
  readonly createdMicros: number | null
  /** Response times of the latest thread; unknown unless all its events were read. */
  readonly responseTimes: ResponseTimes
}

/** The responses of a thread of which not all events were read. */
const UNKNOWN_RESPONSE_TIMES: ResponseTimes = { firstResponseAt: null, unansweredSince: null }

/** Maps a chat with all its threads to one room, for a caller with this view (docs/providers/livechat.md 9). */
export function mapRoom(chat: ChatParts, view: MessageVisibility, provider: string): Room {
  const { id: nativeId, thread, createdMicros } = chat
  const events = chat.events.filter((row) => isVisibleTo(view, row.event))
  const users = new Map(chat.users.map((user) => [user.id, user]))
  const newest = findNewest(events)
  const status = mapRoomStatus(thread)
  const closing = status === 'CLOSED' && thread ? findClosing(thread, events) : null
  const visitors = mapParticipants(chat.users.filter(({ type }) => type === 'customer'))
  const lastMicros = newest?.event.created_at ?? thread?.created_at ?? null
  return {
    ...NO_ROOM_DETAILS,
    type: 'Room',
    provider,
    nativeId,
    status,
    visitor: visitors[0] ?? null,
    agents: servingAgents(chat.users, thread),
    departmentId: findDepartmentId(chat),
    tags: thread?.tags ?? [],
    rating: thread && mapRating(thread, events),
    createdAt: createdMicros === null ? null : toDate(createdMicros),
    closedAt: closing && toDate(closing.created_at),
    closedBy: closing && findCloser(closing, chat.users),
    queue: thread?.queue && status === 'QUEUED' ? mapQueue(thread.queue) : null,
    ...chat.responseTimes,
    lastActivityAt: lastMicros === null ? null : toDate(lastMicros),
    lastMessage:
      newest && mapEvent(newest.event, { provider, chatId: nativeId, threadId: newest.thread_id, users }),
  }
}

const roomsOfSummaries = new Memo<WireChatSummary, Room>()

/** Maps a row of list_chats to a room, for a caller with this view. The same row gives the identical room. */
export function mapSummary(summary: WireChatSummary, view: MessageVisibility, provider: string): Room {
  return roomsOfSummaries.get(summary, [view, provider], () =>
    mapRoom(
      {
        ...summary,
        events: summary.lastEvents,
        createdMicros: null,
        responseTimes: UNKNOWN_RESPONSE_TIMES,
      },
      view,
      provider,
    ),
  )
}

/** Finds a chat's group. Group 0 includes everybody, so any other is preferred (docs/providers/livechat.md 9). */
export function findDepartmentId({
  groupIds,
  thread,
}: Pick<ChatParts, 'groupIds' | 'thread'>): string | null {
  const ids = groupIds ?? thread?.groupIds ?? []
  const first = ids.find((id) => id !== 0) ?? ids[0]
  return first === undefined ? null : String(first)
}

/**
 * Maps the rating of the latest thread. LiveChat knows good and bad, and stores no time: a system message has it
 * (docs/providers/livechat.md 16).
 */
function mapRating({ id, rating }: WireThread, events: ChatParts['events']): Rating | null {
  if (rating?.score !== 0 && rating?.score !== 1) return null
  const isRated = ({ system_message_type: type }: WireEvent) => type === 'rating.chat_rated'
  const rated = events.filter(({ thread_id, event }) => thread_id === id && isRated(event))
  const newest = findNewest(rated)
  return {
    score: rating.score === 1 ? 5 : 1,
    comment: rating.comment || null,
    ratedAt: newest && toDate(newest.event.created_at),
  }
}

function positionOf({ created_at: micros, id }: WireEvent) {
  return { micros, id }
}

function visibilityOf({ isForAgentsOnly }: WireEvent): MessageVisibility {
  return isForAgentsOnly ? 'AGENTS' : 'EVERYONE'
}

/** Maps the state of a chat's latest thread. */
export function mapRoomStatus(thread: ChatParts['thread']): RoomStatus {
  if (typeof thread?.active !== 'boolean') return 'UNKNOWN'
  if (!thread.active) return 'CLOSED'
  return thread.queue ? 'QUEUED' : 'OPEN'
}

/** The agents that serve the chat now, or served it last. An agent with visibility `agents` only monitors it. */
export function servingAgents(
  users: readonly WireUser[],
  thread: ChatParts['thread'],
): readonly Participant[] {
  const visible = users.filter(({ type, isForAgentsOnly }) => type === 'agent' && !isForAgentsOnly)
  const serving = visible.filter(({ id, present }) =>
    thread?.active ? present !== false : thread?.user_ids.includes(id),
  )
  return mapParticipants(serving)
}

/** Maps users with what the room's document reports of them, which messages do not show of their authors. */
function mapParticipants(users: readonly WireUser[]): readonly Participant[] {
  return users.map((user) => ({
    ...mapParticipant(user.id, user),
    phone: user.phone,
    customFields: user.sessionFields,
    seenUpTo: user.seenUpTo === null ? null : toDate(user.seenUpTo),
  }))
}

/** Maps a place in the queue. */
export function mapQueue({ position, waitSeconds, queuedAt }: WireQueue): QueuePlace {
  return {
    position,
    estimatedWaitMs: waitSeconds === null ? null : Math.round(waitSeconds * 1000),
    since: queuedAt === null ? null : toDate(queuedAt),
  }
}

/**
 * The event at which a thread closed. LiveChat has no field for it. A system message records it; without one the last
 * event is the closest.
 */
function findClosing({ id }: WireThread, events: ChatParts['events']): WireEvent | null {
  const threadEvents = events.filter(({ thread_id }) => thread_id === id)
  const closing = threadEvents.filter(({ event }) => isClosing(event))
  return (findNewest(closing) ?? findNewest(threadEvents))?.event ?? null
}

function isClosing({ system_message_type: type }: WireEvent): boolean {
  return type !== null && systemEventOf(type) === 'CLOSED'
}

/** The system message names an agent by its display name only; null unless one agent of the chat has that name. */
function findCloser(
  { system_message_type: type, systemMessageAgent }: WireEvent,
  users: readonly WireUser[],
): Participant | null {
  const isCloser = (user: WireUser) =>
    CLOSED_BY_AGENT.has(type ?? '')
      ? user.type === 'agent' && user.name === systemMessageAgent
      : user.type === 'customer' && CLOSED_BY_CUSTOMER.has(type ?? '')
  const closers = users.filter(isCloser)
  return closers.length === 1 ? (mapParticipants(closers)[0] ?? null) : null
}

const CLOSED_BY_AGENT: ReadonlySet<string> = new Set(['manual_archived_agent', 'customer_banned'])
const CLOSED_BY_CUSTOMER: ReadonlySet<string> = new Set([
  'manual_archived_customer',
  'archived_customer_disconnected',
])
