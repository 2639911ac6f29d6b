import type { Room, RoomStatus } from './model.ts'

/** Filter of a room list; null does not filter. Times: `…From` is inclusive, `…To` exclusive. */
export interface RoomQuery {
  readonly status: readonly RoomStatus[] | null
  readonly departmentId: string | null
  /** The agent that serves the room, or served it last. */
  readonly agentId: string | null
  /** True for rooms that are not closed and that nobody serves. */
  readonly isUnassigned: boolean
  /** A room has at least one of them. */
  readonly tags: readonly string[] | null
  readonly createdFrom: Date | null
  readonly createdTo: Date | null
  readonly closedFrom: Date | null
  readonly closedTo: Date | null
  /** Words to search for. */
  readonly text: string | null
}

/** A room with the token that continues its provider's list after it. */
export interface RoomItem {
  readonly room: Room
  readonly resumeToken: string
}

/** The query that every room matches. */
export const EVERY_ROOM: RoomQuery = {
  status: null,
  departmentId: null,
  agentId: null,
  isUnassigned: false,
  tags: null,
  createdFrom: null,
  createdTo: null,
  closedFrom: null,
  closedTo: null,
  text: null,
}

const OPEN_STATUSES: readonly RoomStatus[] = ['QUEUED', 'OPEN', 'ON_HOLD', 'UNKNOWN']

/** Returns the states that a matching room can be in; null for any. A room with a closing time is closed. */
export function possibleStatuses(query: RoomQuery): readonly RoomStatus[] | null {
  const { status, isUnassigned, closedFrom, closedTo } = query
  const isClosed = closedFrom !== null || closedTo !== null
  if (!isClosed && !isUnassigned) return status
  if (isClosed && isUnassigned) return []
  const possible: readonly RoomStatus[] = isClosed ? ['CLOSED'] : OPEN_STATUSES
  return status ? possible.filter((one) => status.includes(one)) : possible
}

/** Whether a room matches all of a query but `text`: only its provider can search its messages. */
export function matchesRoomQuery(room: Room, query: RoomQuery): boolean {
  const { departmentId, agentId, tags, createdFrom, createdTo, closedFrom, closedTo } = query
  const statuses = possibleStatuses(query)
  if (statuses && !statuses.includes(room.status)) return false
  if (departmentId !== null && room.departmentId !== departmentId) return false
  if (agentId !== null && !room.agents.some(({ nativeId }) => nativeId === agentId)) return false
  if (query.isUnassigned && room.agents.length > 0) return false
  if (tags && !tags.some((tag) => room.tags.includes(tag))) return false
  return isWithin(room.createdAt, createdFrom, createdTo) && isWithin(room.closedAt, closedFrom, closedTo)
}

function isWithin(time: Date | null, from: Date | null, to: Date | null): boolean {
  if (from && !(time && time >= from)) return false
  return !to || (time !== null && time < to)
}
