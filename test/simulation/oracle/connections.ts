import { decodeCursor } from '../../../src/cursor/cursor.ts'
import type { History, HistoryEntry } from './history.ts'
import { type Commit, positionOf } from './ledger.ts'
import type { UnobservedWindow } from './unobserved-window.ts'

/** One connection of a subscriber. Times are the script's. */
export interface Connection {
  readonly gateway: number
  readonly from: number
  /** When the first event came: from then on its room was read for it; infinite where none came. */
  readonly firstEventAt: number
  readonly until: number
  /** What it stood behind; null where it began now. */
  readonly cursor: string | null
  readonly isStart: boolean
  /** Where its entries begin in the history. */
  readonly index: number
}

/** The log of a room's source keeps so many events; a resume that finds fewer behind it must be exact. */
const SURELY_KEPT = 300

/** The connections of a subscriber, in order. */
export function connectionsOf({ entries: heard }: History): readonly Connection[] {
  return heard.flatMap((entry, index) => {
    if (entry.what !== 'start' && entry.what !== 'resume') return []
    const later = heard.slice(index + 1)
    const end = later.findIndex(({ what }) => what === 'start' || what === 'resume')
    const own = end < 0 ? later : later.slice(0, end)
    return {
      gateway: entry.gateway,
      from: entry.at,
      firstEventAt: own.find(isEvent)?.at ?? Number.POSITIVE_INFINITY,
      until: own.find(({ what }) => what === 'left')?.at ?? Number.POSITIVE_INFINITY,
      cursor: entry.what === 'resume' ? entry.cursor : (entry.page?.cursor ?? null),
      isStart: entry.what === 'start',
      index,
    }
  })
}

/**
 * The times in which nobody may have looked for this subscriber: until a beginning is established, and around each
 * resume, but for those that another subscriber of the same source has outlasted: these must be exact.
 */
export function unobservedWindowsOf(
  history: History,
  peers: readonly History[],
  commits: readonly Commit[],
): readonly UnobservedWindow[] {
  const connections = connectionsOf(history)
  const blind: UnobservedWindow[] = []
  for (const [place, connection] of connections.entries()) {
    const before = connections[place - 1]
    if (!connection.isStart && before && isExact(connection, before, peers, commits)) continue
    // A connection without an event was not established: the next one's first event ends the blindness.
    const established = Math.min(...connections.slice(place).map((other) => other.firstEventAt))
    const last = connection.isStart ? null : lastTold(history, connection, commits)
    blind.push({
      // Who begins now may have begun at any time.
      from: connection.cursor === null ? 0 : (last?.at ?? connection.from),
      until: connection.cursor === null ? established : surelySeenBy(history, established, commits),
      cursor: connection.cursor === null ? null : decodeCursor(connection.cursor),
      lastDelivered: last && positionOf(last.message),
    })
  }
  return blind
}

/** The newest addition that the subscriber had been told of before a connection. */
function lastTold(
  { entries: heard }: History,
  { index }: Connection,
  commits: readonly Commit[],
): Commit | null {
  const told = heard.slice(0, index).findLast(isAddition)
  return told ? additionTold(told, commits) : null
}

/**
 * When the first thing was told that was committed after a connection was established. What was told first may be of a look
 * that had begun before the subscriber came, and of the next one it is still told only what stands behind its cursor.
 */
function surelySeenBy({ entries: heard }: History, established: number, commits: readonly Commit[]): number {
  const told = heard.find((entry) => {
    if (entry.at < established || !isAddition(entry)) return false
    return (additionTold(entry, commits)?.at ?? 0) > established
  })
  return told?.at ?? Number.POSITIVE_INFINITY
}

function additionTold(entry: HistoryEntry, commits: readonly Commit[]): Commit | null {
  const id = entry.what === 'event' && 'id' in entry.told ? entry.told.id : null
  return commits.find(({ type: what, message }) => what === 'added' && message.id === id) ?? null
}

function isAddition(entry: HistoryEntry): boolean {
  return entry.what === 'event' && entry.told.type === 'added'
}

function isExact(
  connection: Connection,
  before: Connection,
  peers: readonly History[],
  commits: readonly Commit[],
): boolean {
  const epoch = decodeCursor(connection.cursor ?? '')?.logPosition?.epoch ?? ''
  if (epoch === '' || connection.gateway !== before.gateway || !Number.isFinite(before.firstEventAt))
    return false
  const meanwhile = commits.filter(({ at }) => at >= before.until - 1_000 && at <= connection.firstEventAt)
  if (meanwhile.length > SURELY_KEPT) return false
  return peers.some((peer) =>
    connectionsOf(peer).some(
      ({ gateway, firstEventAt: established, until }) =>
        gateway === connection.gateway && established < before.until && until > connection.firstEventAt,
    ),
  )
}

function isEvent({ what }: HistoryEntry): boolean {
  return what === 'event'
}
