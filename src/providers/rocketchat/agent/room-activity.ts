import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import { parseJson } from '../../../domain/json.ts'
import type { Room } from '../../../domain/model.ts'
import type { ActiveRoom, RoomActivity } from '../../../domain/rooms.ts'
import { shortHash } from '../../../domain/short-hash.ts'
import { Memo } from '../../shared/memo.ts'
import type { WireRoom } from '../wire.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { PAGE_SIZE } from './offset-pages.ts'
import { walkRooms } from './walk-rooms.ts'

/** Rows of the first request: enough for the writes between two polls of a busy account. */
const FIRST_PAGE_SIZE = 25
/** If more rooms were written to, the activity is incomplete and the caller polls each room. */
const MAX_ROWS = 1_000
/** A write can become visible after a write with a later time. Rows of this last period are compared again. */
const MAX_COMMIT_DELAY_MS = 5_000

/** A room's id, the time of its last write (epoch ms), and a short hash of its document. */
const rowTuple = z.tuple([z.string(), z.number(), z.string()])
type Row = z.output<typeof rowTuple>

/** What the last poll read, latest write first; `whole` if that was the whole list. */
const syncStateSchema = z.object({ rows: z.array(rowTuple), whole: z.boolean() })
type SyncState = z.output<typeof syncStateSchema>

/**
 * Finds the rooms that were written to since `syncToken` (docs/providers/rocketchat.md 4.2, 8). It reads the list of all
 * rooms by `_updatedAt`, with a second request only if more rooms were written to than one page holds. `rooms.get`
 * returns only rooms of which the account is a member, and no closed ones.
 *
 * It compares row contents, not only times. So it also finds a write that becomes visible late, a second write in the
 * same millisecond, and writes after the server's clock was set back, within the rows that it reads.
 */
export async function readRoomActivity(
  rooms: AgentRooms,
  syncToken: string | null,
  call: CallContext,
): Promise<RoomActivity> {
  const previous = syncToken === null ? null : parseSyncToken(syncToken)
  const { wires, isWholeList, isComplete } = await readBackTo(previous, rooms, call)
  const entries = wires.map((wire) => ({ wire, row: toRow(wire) }))
  const isChanged = previous ? changedSince(previous) : () => false
  const changed = entries.filter(({ row }) => isChanged(row)).map(({ wire }) => wire)
  const active = await rooms.mapRooms(changed, call)
  const rows = entries.map(({ row }) => row)
  // A list that becomes empty shows nothing about its earlier rooms.
  const next = rows.length === 0 && previous ? previous : toSyncState(rows, isWholeList)
  return {
    rooms: active.map((room, index) => ({
      roomId: room.nativeId,
      room,
      ...newestMessageOf(room, changed[index]),
    })),
    syncToken: JSON.stringify(next),
    isComplete,
  }
}

/** Empty without `Store_Last_Message`, and where the newest message is a deletion mark (docs/providers/rocketchat.md 8.1). */
function newestMessageOf(
  { lastMessage: message }: Room,
  wire: WireRoom | undefined,
): Pick<ActiveRoom, 'newestMessage'> {
  const { msgs: count = null, _updatedAt: writtenAt = null } = wire ?? {}
  if (message === null || count === null || writtenAt === null) return {}
  return { newestMessage: { message, count, writtenAt } }
}

/** Reads rooms, latest write first, back to a little before the newest row of the previous poll. */
async function readBackTo(previous: SyncState | null, rooms: AgentRooms, call: CallContext) {
  const readPage = async (offset: number) => {
    const page = await rooms.listByUpdateTime(offset, offset === 0 ? FIRST_PAGE_SIZE : PAGE_SIZE, call)
    // If the server does not return the total, only an empty page is the end.
    return { ...page, total: page.total ?? Number.POSITIVE_INFINITY }
  }
  const wires: WireRoom[] = []
  let fromMs = previous ? newestWriteMs(previous.rows) - MAX_COMMIT_DELAY_MS : null
  for await (const { wire } of walkRooms(readPage, null, lastWriteMs)) {
    wires.push(wire)
    fromMs ??= lastWriteMs(wire) - MAX_COMMIT_DELAY_MS
    const isFarEnough = wires.length >= FIRST_PAGE_SIZE && lastWriteMs(wire) < fromMs
    if (isFarEnough) return { wires, isWholeList: false, isComplete: true }
    if (wires.length === MAX_ROWS) return { wires, isWholeList: false, isComplete: false }
  }
  return { wires, isWholeList: true, isComplete: true }
}

/** A row below those of the previous poll is not a change: it is read now because rooms above it left the list. */
function changedSince({ rows, whole: wasWholeList }: SyncState): (row: Row) => boolean {
  const hashesById = new Map(rows.map(([id, , hash]) => [id, hash]))
  const [lastId, lastWrite] = rows.at(-1) ?? ['', 0]
  return ([id, writtenAt, hash]) => {
    const known = hashesById.get(id)
    if (known !== undefined) return known !== hash
    return wasWholeList || writtenAt > lastWrite || (writtenAt === lastWrite && id < lastId)
  }
}

/** Keeps the rows that the next poll needs for its comparison. */
function toSyncState(rows: readonly Row[], isWholeList: boolean): SyncState {
  const fromMs = newestWriteMs(rows) - MAX_COMMIT_DELAY_MS
  const kept = rows.filter(([, writtenAt], index) => index < FIRST_PAGE_SIZE || writtenAt >= fromMs)
  return { rows: kept, whole: isWholeList && kept.length === rows.length }
}

const rowsByRoom = new Memo<WireRoom, Row>()

function toRow(wire: WireRoom): Row {
  return rowsByRoom.get(wire, [], () => [wire._id, lastWriteMs(wire), shortHash(JSON.stringify(wire), 12)])
}

function newestWriteMs(rows: readonly Row[]): number {
  return rows[0]?.[1] ?? 0
}

function lastWriteMs({ _updatedAt }: WireRoom): number {
  return _updatedAt?.getTime() ?? 0
}

/** Returns null for an unreadable token; the poll then starts anew. */
function parseSyncToken(syncToken: string): SyncState | null {
  const parsed = syncStateSchema.safeParse(parseJson(syncToken))
  return parsed.success ? parsed.data : null
}
