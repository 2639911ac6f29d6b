import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CallContext, RoomActivity } from '../../../domain/adapter.ts'
import { parseJson } from '../../shared/json.ts'
import type { WireRoom } from '../wire.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { PAGE_SIZE } from './offset-pages.ts'
import { walkRooms } from './walk-rooms.ts'

/** Rows of a first call: what is written between two calls of a busy account. */
const FIRST_PAGE = 25
/** Rooms written to since the mark, of which no more are told: whoever asks looks everywhere then. */
const MOST_ROWS = 1_000
/** A write may become visible behind one with a later time; this far back rows are compared again. */
const LATE_WRITE_MS = 5_000

/** A room of a list: its id, when it was last written to (epoch ms), and what it then held, shortened. */
const row = z.tuple([z.string(), z.number(), z.string()])
type Row = z.output<typeof row>

/** What the last call read, last written to first; `whole` where that was the end of the list. */
const markShape = z.object({ rows: z.array(row), whole: z.boolean() })
type Mark = z.output<typeof markShape>

/**
 * In which rooms something was written since `mark` (docs/providers/rocketchat.md 4.2, 8): one call, and more
 * only where more rooms were written to than a page holds. `rooms.get` would tell of the rooms that the
 * account is a member of, and of no closed one; the list of all rooms, by `_updatedAt`, shows every room with
 * its last write.
 *
 * Rows are compared, not only their times: a write that becomes visible late, a second one of the same millisecond,
 * and a server's clock that was set back are told all the same while they lie within what is read.
 */
export async function readRoomActivity(
  rooms: AgentRooms,
  mark: string | null,
  call: CallContext,
): Promise<RoomActivity> {
  const before = mark === null ? null : readMark(mark)
  const { wires, whole, complete } = await readBackTo(before, rooms, call)
  const rows = wires.map((wire) => ({ wire, row: rowOf(wire) }))
  const isNews = before ? newsSince(before) : () => false
  const changed = rows.filter(({ row }) => isNews(row)).map(({ wire }) => wire)
  const active = await rooms.mapRooms(changed, call)
  const read = rows.map(({ row }) => row)
  return {
    rooms: active.map((room) => ({ roomId: room.nativeId, room })),
    // A list that was not empty and is now says nothing of its rooms.
    syncToken: JSON.stringify(read.length === 0 && before ? before : markOf(read, whole)),
    isComplete: complete,
  }
}

/** The rooms last written to, back to a little before the newest of the last time. */
async function readBackTo(before: Mark | null, rooms: AgentRooms, call: CallContext) {
  const read = async (offset: number) => {
    const page = await rooms.listByUpdateTime(offset, offset === 0 ? FIRST_PAGE : PAGE_SIZE, call)
    // Where the server does not say how many there are, only an empty page is the end.
    return { ...page, total: page.total ?? Number.POSITIVE_INFINITY }
  }
  const wires: WireRoom[] = []
  let reach = before ? newestOf(before.rows) - LATE_WRITE_MS : null
  for await (const { wire } of walkRooms(read, null, writtenAt)) {
    wires.push(wire)
    reach ??= writtenAt(wire) - LATE_WRITE_MS
    if (wires.length >= FIRST_PAGE && writtenAt(wire) < reach) return { wires, whole: false, complete: true }
    if (wires.length === MOST_ROWS) return { wires, whole: false, complete: false }
  }
  return { wires, whole: true, complete: true }
}

/** Below what was read the last time a room is not news, only newly read: rooms above it have left the list. */
function newsSince({ rows, whole }: Mark): (row: Row) => boolean {
  const versions = new Map(rows.map(([id, , version]) => [id, version]))
  const [lastId, lastAt] = rows.at(-1) ?? ['', 0]
  return ([id, at, version]) => {
    const known = versions.get(id)
    if (known !== undefined) return known !== version
    return whole || at > lastAt || (at === lastAt && id < lastId)
  }
}

/** Of what was read, as much as the next call compares with. */
function markOf(rows: readonly Row[], whole: boolean): Mark {
  const reach = newestOf(rows) - LATE_WRITE_MS
  const kept = rows.filter(([, at], index) => index < FIRST_PAGE || at >= reach)
  return { rows: kept, whole: whole && kept.length === rows.length }
}

function rowOf(wire: WireRoom): Row {
  const version = createHash('sha1').update(JSON.stringify(wire)).digest('base64url').slice(0, 12)
  return [wire._id, writtenAt(wire), version]
}

function newestOf(rows: readonly Row[]): number {
  return rows[0]?.[1] ?? 0
}

function writtenAt({ _updatedAt }: WireRoom): number {
  return _updatedAt?.getTime() ?? 0
}

/** A mark that cannot be read tells nothing: it begins anew. */
function readMark(mark: string): Mark | null {
  const parsed = markShape.safeParse(parseJson(mark))
  return parsed.success ? parsed.data : null
}
