import {
  type Attachment,
  comparePositions,
  type FormAnswer,
  type Message,
  type MessageButton,
  type MessageKind,
  type MessageVisibility,
  NO_PARTICIPANT_DETAILS,
  NO_ROOM_DETAILS,
  type Participant,
  type Room,
  type RoomStatus,
} from '../../domain/model.ts'
import { toHttpLink } from '../shared/http-link.ts'
import { Memo } from '../shared/memo.ts'
import { joinLines, toLines } from '../shared/rich-content.ts'
import { systemEventOf } from './system-events.ts'
import { toDate } from './timestamps.ts'
import type { WireChatSummary, WireEvent, WireThread, WireUser } from './wire.ts'

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
function isVisibleTo(view: MessageVisibility, wire: WireEvent): boolean {
  return view === 'AGENTS' || visibilityOf(wire) === 'EVERYONE'
}

/** Maps an event to a message (docs/providers/livechat.md 3.5). */
export function mapEvent(wire: WireEvent, { provider, chatId, threadId, users }: MessageOrigin): Message {
  const kind = kindsByType.get(wire.type) ?? 'UNKNOWN'
  const isSystem = kind === 'SYSTEM'
  return {
    type: 'Message',
    provider,
    ref: { roomId: chatId, threadId, messageId: wire.id },
    position: { micros: wire.created_at, id: wire.id },
    kind,
    text: wire.deleted ? '' : textOf(wire),
    author: isSystem || !wire.author_id ? null : mapParticipant(wire.author_id, users.get(wire.author_id)),
    visibility: visibilityOf(wire),
    state: wire.deleted ? 'DELETED' : 'ACTIVE',
    createdAt: toDate(wire.created_at),
    editedAt: null,
    editedBy: null,
    attachments: wire.deleted ? [] : attachmentsOf(wire),
    form: kind === 'FORM' ? formOf(wire) : null,
    buttons: wire.deleted ? NO_BUTTONS : buttonsOf(wire),
    systemEvent: isSystem ? systemEventOf(wire.system_message_type) : null,
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
function mapParticipant(nativeId: string, user: Author | undefined): Participant {
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
}

/** Maps a chat with all its threads to one room, for a caller with this view (docs/providers/livechat.md 9). */
export function mapRoom(chat: ChatParts, view: MessageVisibility, provider: string): Room {
  const { id: nativeId, thread, createdMicros } = chat
  const events = chat.events.filter((row) => isVisibleTo(view, row.event))
  const users = new Map(chat.users.map((user) => [user.id, user]))
  const newest = findNewest(events)
  const status = mapRoomStatus(thread)
  const lastMicros = newest?.event.created_at ?? thread?.created_at ?? null
  return {
    ...NO_ROOM_DETAILS,
    type: 'Room',
    provider,
    nativeId,
    status,
    visitor: mapParticipants(chat.users.filter(({ type }) => type === 'customer'))[0] ?? null,
    agents: servingAgents(chat.users, thread),
    departmentId: findDepartmentId(chat),
    tags: thread?.tags ?? [],
    createdAt: createdMicros === null ? null : toDate(createdMicros),
    closedAt: status === 'CLOSED' && thread ? findCloseTime(thread, events) : null,
    lastActivityAt: lastMicros === null ? null : toDate(lastMicros),
    lastMessage:
      newest && mapEvent(newest.event, { provider, chatId: nativeId, threadId: newest.thread_id, users }),
  }
}

const roomsOfSummaries = new Memo<WireChatSummary, Room>()

/** Maps a row of list_chats to a room, for a caller with this view. The same row gives the identical room. */
export function mapSummary(summary: WireChatSummary, view: MessageVisibility, provider: string): Room {
  return roomsOfSummaries.get(summary, [view, provider], () =>
    mapRoom({ ...summary, events: summary.lastEvents, createdMicros: null }, view, provider),
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

function positionOf({ created_at: micros, id }: WireEvent) {
  return { micros, id }
}

function visibilityOf({ isForAgentsOnly }: WireEvent): MessageVisibility {
  return isForAgentsOnly ? 'AGENTS' : 'EVERYONE'
}

const kindsByType = new Map<string, MessageKind>([
  ['message', 'TEXT'],
  ['file', 'FILE'],
  ['form', 'FORM'],
  ['filled_form', 'FORM'],
  ['rich_message', 'RICH'],
  ['system_message', 'SYSTEM'],
  ['system', 'SYSTEM'],
])

function textOf(wire: WireEvent): string {
  switch (wire.type) {
    case 'file':
      return wire.alternative_text ?? ''
    case 'rich_message':
      return joinLines(toLines(wire.elements))
    case 'form':
    case 'filled_form':
      return joinLines(wire.fields.map(formLine))
    case 'system_message':
      return wire.text ?? wire.system_message_type ?? ''
    case 'system':
      // `text` holds JSON for programs; the subtype says what happened.
      return wire.subtype ?? ''
    default:
      return wire.text ?? ''
  }
}

type WireFormField = WireEvent['fields'][number]

function formLine(field: WireFormField): string {
  return [questionOf(field), answerOf(field)].filter((text) => text !== '').join(': ')
}

/** Headers are texts between the questions of a form. */
function formOf({ deleted, fields }: WireEvent): readonly FormAnswer[] {
  if (deleted) return []
  const questions = fields.filter(({ type }) => type !== 'header')
  return questions.map((field) => ({ label: questionOf(field), answer: answerOf(field) || null }))
}

function questionOf({ label }: WireFormField): string {
  return label?.replace(/[:：]\s*$/, '') ?? ''
}

function answerOf({ answer, answers }: WireFormField): string {
  return answer ?? answers.join(', ')
}

const NO_BUTTONS: readonly MessageButton[] = []

function buttonsOf({ elements }: WireEvent): readonly MessageButton[] {
  return elements.length === 0 ? NO_BUTTONS : elements.flatMap(({ buttons }) => buttons)
}

function attachmentsOf(wire: WireEvent): Attachment[] {
  if (wire.type !== 'file') return []
  const { name, content_type: contentType, size } = wire
  return [{ url: toHttpLink(wire.url), name, contentType, size }]
}

function mapRoomStatus(thread: ChatParts['thread']): RoomStatus {
  if (typeof thread?.active !== 'boolean') return 'UNKNOWN'
  if (!thread.active) return 'CLOSED'
  return thread.queue ? 'QUEUED' : 'OPEN'
}

/** The agents that serve the chat now, or served it last. An agent with visibility `agents` only monitors it. */
function servingAgents(users: readonly WireUser[], thread: ChatParts['thread']): readonly Participant[] {
  const visible = users.filter(({ type, isForAgentsOnly }) => type === 'agent' && !isForAgentsOnly)
  const serving = visible.filter(({ id, present }) =>
    thread?.active ? present !== false : thread?.user_ids.includes(id),
  )
  return mapParticipants(serving)
}

function mapParticipants(users: readonly WireUser[]): readonly Participant[] {
  return users.map((user) => mapParticipant(user.id, user))
}

/** LiveChat has no field for it. A system message records it; without one the last event is the closest time. */
function findCloseTime({ id }: WireThread, events: ChatParts['events']): Date | null {
  const threadEvents = events.filter(({ thread_id }) => thread_id === id)
  const closing = threadEvents.filter(({ event }) => /archived/.test(event.system_message_type ?? ''))
  const last = findNewest(closing) ?? findNewest(threadEvents)
  return last && toDate(last.event.created_at)
}
