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

/** One list to merge: the page at an offset, latest activity first, under a name that cursors hold. */
export interface PagedRoomList {
  readonly name: string
  readonly read: (offset: number) => Promise<RoomListPage>
}

/** A room with the text from which all lists resume after it. */
export interface MergedRoom {
  readonly wire: WireRoom
  readonly resume: string
}

const END = 'end'
const place = z
  .tuple([z.int().nonnegative(), z.int().nullable(), z.string()])
  .transform(([offset, lm, id]): RoomListPosition => ({ offset, sortTime: lm, id }))
/** The place where each list resumes, by its name: after a room, at its top (null), or nowhere. */
const resumeShape = z.record(z.string(), z.union([place, z.null(), z.literal(END)]))
type Resume = z.output<typeof resumeShape>
type ListPlace = RoomListPosition | null | typeof END

interface Head {
  readonly name: string
  readonly walk: AsyncGenerator<RoomListEntry>
  at: ListPlace
  next: RoomListEntry | null
}

/**
 * Merges several lists of the server, latest activity first. A room that passes from one list to another meanwhile is
 * given once. A list that has ended is not read again when the reading resumes.
 */
export async function* mergeRoomLists(
  lists: readonly PagedRoomList[],
  resume: string | null,
): AsyncGenerator<MergedRoom> {
  const known = resume === null ? {} : parseResumeToken(resumeShape, resume)
  const heads = await Promise.all(lists.map((list) => openList(list, placeIn(known, list.name))))
  const given = new Set<string>()
  for (let head = newest(heads); head?.next; head = newest(heads)) {
    const { wire, position: at } = head.next
    head.at = at
    if (!given.has(wire._id)) yield { wire, resume: encodeResume(heads) }
    given.add(wire._id)
    await advance(head)
  }
}

async function openList({ name, read }: PagedRoomList, at: ListPlace): Promise<Head> {
  const head: Head = { name, walk: at === END ? nothing() : walkRooms(read, at), at, next: null }
  await advance(head)
  return head
}

async function advance(head: Head): Promise<void> {
  const { done, value } = await head.walk.next()
  head.next = done ? null : value
  if (done) head.at = END
}

function newest(heads: readonly Head[]): Head | null {
  let best: Head | null = null
  for (const head of heads) {
    if (head.next && (!best?.next || compareListPositions(head.next.position, best.next.position) < 0))
      best = head
  }
  return best
}

/**
 * Gives the place where a list resumes. The lists of a query depend on the server's release: a list that the cursor does
 * not name resumes after the last room that was given from any other, since all rooms before it were given.
 */
function placeIn(known: Resume, name: string): ListPlace {
  const own = Object.hasOwn(known, name) ? known[name] : undefined
  if (own !== undefined) return own
  const others = Object.values(known)
  const places = others.filter((at) => at !== null && at !== END).toSorted(compareListPositions)
  const last = places.at(-1)
  if (last) return { ...last, offset: 0 }
  return others.length > 0 && others.every((at) => at === END) ? END : null
}

function encodeResume(heads: readonly Head[]): string {
  const places = heads.map(({ name, at }) => {
    const encoded = at === null || at === END ? at : [at.offset, at.sortTime, at.id]
    return [name, encoded] as const
  })
  return JSON.stringify(Object.fromEntries(places))
}

async function* nothing(): AsyncGenerator<RoomListEntry> {}
