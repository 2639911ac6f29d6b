import type { ConsoleRoomFragment } from '../../generated/graphql.ts'
import { ACTIVE_STATUSES, type InboxFilter, type InboxSort } from './filter.ts'

/** A room of the list, with what its visitor waits for. Timestamps are ISO 8601 of one format, which compare as strings. */
export interface ListedRoom {
  readonly room: ConsoleRoomFragment
  /** Time of the visitor's newest message without a response; null if there is none. */
  readonly unansweredAt: string | null
  /** Time since which the visitor waits; null if nobody waits. */
  readonly waitingSince: string | null
}

/**
 * Applies a room's new state. An older state changes nothing, nor does the same one, so that its row stays. A system message or a note says nothing about the wait, so the
 * wait from before goes on; LiveChat's list does not report it at all.
 */
export function withState(before: ListedRoom | undefined, room: ConsoleRoomFragment): ListedRoom {
  if (before && (isNewer(before.room, room) || isSameState(before.room, room))) return before
  if (!isActive(room)) return { room, unansweredAt: null, waitingSince: null }
  const { unansweredAt, waitingSince } = waitOf(before, room)
  const queuedSince = room.status === 'QUEUED' ? (room.queue?.since ?? room.createdAt ?? null) : null
  return { room, unansweredAt, waitingSince: queuedSince ?? waitingSince }
}

/** Whether two states of one room are equal. They come from the same fields of the gateway, in the same order. */
function isSameState(a: ConsoleRoomFragment, b: ConsoleRoomFragment): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

type Wait = Omit<ListedRoom, 'room'>

function waitOf(before: ListedRoom | undefined, { lastMessage, unansweredSince }: ConsoleRoomFragment): Wait {
  const role = lastMessage?.author?.role
  const isSaid = lastMessage?.kind !== 'SYSTEM' && lastMessage?.visibility !== 'AGENTS'
  if (lastMessage && isSaid && role === 'VISITOR') {
    const at = lastMessage.createdAt
    return { unansweredAt: at, waitingSince: unansweredSince ?? before?.waitingSince ?? at }
  }
  if (isSaid && (role === 'AGENT' || role === 'BOT')) return { unansweredAt: null, waitingSince: null }
  const since = unansweredSince ?? null
  return { unansweredAt: before?.unansweredAt ?? since, waitingSince: before?.waitingSince ?? since }
}

export function isActive({ status }: ConsoleRoomFragment): boolean {
  return ACTIVE_STATUSES.includes(status)
}

/** The key of an agent among those of all providers. */
export function agentKey(provider: string, nativeId: string): string {
  return `${provider} ${nativeId}`
}

/** Whether one of these agents, by their keys, serves the room. */
export function isServedBy(
  { provider, agents }: ConsoleRoomFragment,
  agentKeys: ReadonlySet<string>,
): boolean {
  return agents.some(({ nativeId }) => nativeId && agentKeys.has(agentKey(provider.name, nativeId)))
}

/** Whether a room is one that a filter shows. `ownAgentKeys` are those of the operator's agents. */
export function matchesFilter(
  room: ConsoleRoomFragment,
  filter: InboxFilter,
  ownAgentKeys: ReadonlySet<string>,
): boolean {
  const { view, status, provider, department, tag, text } = filter
  if (status === '' ? !isActive(room) : room.status !== status) return false
  if (provider !== '' && room.provider.name !== provider) return false
  if (department !== '' && room.department?.id !== department) return false
  if (tag !== '' && !room.tags.includes(tag)) return false
  if (view === 'mine' && !isServedBy(room, ownAgentKeys)) return false
  if (view === 'unassigned' && (room.agents.length > 0 || !isActive(room))) return false
  return text === '' || contains(room, text)
}

function contains(
  { visitor, lastMessage, agents, department, tags }: ConsoleRoomFragment,
  text: string,
): boolean {
  const words = [
    visitor?.name,
    lastMessage?.text,
    department?.name,
    ...tags,
    ...agents.map(({ name }) => name),
  ]
  const wanted = text.toLocaleLowerCase()
  return words.some((word) => word?.toLocaleLowerCase().includes(wanted))
}

/** Compares two rooms for an order of the list. */
export const COMPARE: Readonly<Record<InboxSort, (a: ListedRoom, b: ListedRoom) => number>> = {
  '': byActivity,
  wait: byWait,
}

/** What decides the place of a room in an order of the list. */
export function sortKeyOf({ room, waitingSince }: ListedRoom, sort: InboxSort): string {
  return sort === 'wait' ? (waitingSince ?? '') : activityOf(room)
}

/** Latest activity first. */
function byActivity(a: ListedRoom, b: ListedRoom): number {
  return compare(activityOf(b.room), activityOf(a.room))
}

/** Longest wait first, then the rooms in which nobody waits, latest activity first. */
function byWait(a: ListedRoom, b: ListedRoom): number {
  if (a.waitingSince === null || b.waitingSince === null)
    return Number(a.waitingSince === null) - Number(b.waitingSince === null) || byActivity(a, b)
  return compare(a.waitingSince, b.waitingSince)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Whether a state of a room is later than another one. */
export function isNewer(room: ConsoleRoomFragment, other: ConsoleRoomFragment): boolean {
  return activityOf(room) > activityOf(other)
}

function activityOf({ lastActivityAt }: ConsoleRoomFragment): string {
  return lastActivityAt ?? ''
}
