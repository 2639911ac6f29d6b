import { z } from 'zod'
import { parseResumeToken } from '../../shared/resume-token.ts'
import type { WireRoom } from '../wire.ts'
import {
  compareListPositions,
  type RoomListEntry,
  type RoomListPage,
  type RoomListPosition,
  walkRooms,
} from './walk-rooms.ts'

/** One list to merge, latest message first. */
export interface PagedRoomList {
  /** Part of resume tokens. */
  readonly name: string
  readonly read: (offset: number) => Promise<RoomListPage>
}

/** A room, and the token with which all lists resume after it. */
export interface MergedRoom {
  readonly wire: WireRoom
  readonly resumeToken: string
}

const END = 'end'
const positionTuple = z
  .tuple([z.int().nonnegative(), z.int().nullable(), z.string()])
  .transform(([offset, sortTime, id]): RoomListPosition => ({ offset, sortTime, id }))
/** Position after which each list resumes, by its name: null is the top, END is a list that was read to its end. */
const resumeTokenSchema = z.record(z.string(), z.union([positionTuple, z.null(), z.literal(END)]))
type ResumePosition = RoomListPosition | null | typeof END
type PositionsByList = z.output<typeof resumeTokenSchema>

interface ListHead {
  readonly name: string
  readonly walk: AsyncGenerator<RoomListEntry>
  position: ResumePosition
  next: RoomListEntry | null
}

/**
 * Merges several lists of the server, latest message first. A room that moves to another list meanwhile is returned
 * once. A list that was read to its end is not read again after a resumption.
 */
export async function* mergeRoomLists(
  lists: readonly PagedRoomList[],
  resumeToken: string | null,
): AsyncGenerator<MergedRoom> {
  const positions = resumeToken === null ? {} : parseResumeToken(resumeTokenSchema, resumeToken)
  const heads = await Promise.all(
    lists.map((list) => openList(list, findResumePosition(positions, list.name))),
  )
  const returnedIds = new Set<string>()
  for (let head = findNewest(heads); head?.next; head = findNewest(heads)) {
    const { wire, position } = head.next
    head.position = position
    if (!returnedIds.has(wire._id)) yield { wire, resumeToken: encodePositions(heads) }
    returnedIds.add(wire._id)
    await advance(head)
  }
}

async function openList({ name, read }: PagedRoomList, position: ResumePosition): Promise<ListHead> {
  const walk = position === END ? emptyWalk() : walkRooms(read, position)
  const head: ListHead = { name, walk, position, next: null }
  await advance(head)
  return head
}

async function advance(head: ListHead): Promise<void> {
  const { done, value } = await head.walk.next()
  head.next = done ? null : value
  if (done) head.position = END
}

function findNewest(heads: readonly ListHead[]): ListHead | null {
  let newest: ListHead | null = null
  for (const head of heads) {
    if (!head.next) continue
    if (!newest?.next || compareListPositions(head.next.position, newest.next.position) < 0) newest = head
  }
  return newest
}

/**
 * Finds the position after which a list resumes. Which lists a query needs depends on the server's release. A list that
 * the token does not name, or of which no room was returned, resumes after the last room returned from any list: all rooms
 * before it were returned, or have moved up since.
 */
function findResumePosition(positions: PositionsByList, name: string): ResumePosition {
  const known = Object.hasOwn(positions, name) ? positions[name] : null
  if (known) return known
  const others = Object.values(positions)
  const last = others
    .filter((position) => position !== null && position !== END)
    .toSorted(compareListPositions)
    .at(-1)
  if (last) return { ...last, offset: 0 }
  return others.length > 0 && others.every((position) => position === END) ? END : null
}

function encodePositions(heads: readonly ListHead[]): string {
  const positions = heads.map(({ name, position }) => {
    const isRoom = position !== null && position !== END
    return [name, isRoom ? [position.offset, position.sortTime, position.id] : position] as const
  })
  return JSON.stringify(Object.fromEntries(positions))
}

async function* emptyWalk(): AsyncGenerator<RoomListEntry> {}
