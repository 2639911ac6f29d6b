import { decodeCursor } from '../../src/chat/cursor.ts'
import type { Blind } from './blind.ts'
import type { Heard, History } from './heard.ts'
import type { Commit } from './truth.ts'

/** One connection of a subscriber. Times are the script's. */
export interface Connection {
  readonly gateway: number
  readonly from: number
  /** When the first event came: from then on its room was read for it; infinite where none came. */
  readonly established: number
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
export function connectionsOf({ heard }: History): readonly Connection[] {
  return heard.flatMap((entry, index) => {
    if (entry.what !== 'start' && entry.what !== 'resume') return []
    const later = heard.slice(index + 1)
    const end = later.findIndex(({ what }) => what === 'start' || what === 'resume')
    const own = end < 0 ? later : later.slice(0, end)
    return {
      gateway: entry.gateway,
      from: entry.at,
      established: own.find(isEvent)?.at ?? Number.POSITIVE_INFINITY,
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
export function blindTimesOf(
  history: History,
  peers: readonly History[],
  commits: readonly Commit[],
): readonly Blind[] {
  const connections = connectionsOf(history)
  const blind: Blind[] = []
  for (const [place, connection] of connections.entries()) {
    const before = connections[place - 1]
    if (!connection.isStart && before && isExact(connection, before, peers, commits)) continue
    const from = blindFrom(history, connection, commits)
    // A connection without an event was not established: the next one's first event ends the blindness.
    const until = Math.min(...connections.slice(place).map(({ established }) => established))
    const seen = connection.cursor === null ? null : decodeCursor(connection.cursor)
    blind.push({ from, until, seen })
  }
  return blind
}

/** Since when nobody may have looked: for who begins now, since ever. */
function blindFrom(history: History, connection: Connection, commits: readonly Commit[]): number {
  if (connection.cursor === null) return 0
  return connection.isStart ? connection.from : lastSeen(history, connection, commits)
}

/** When the newest addition was committed that the subscriber had been told of: all before it was told before it. */
function lastSeen({ heard }: History, { index }: Connection, commits: readonly Commit[]): number {
  for (let place = index - 1; place >= 0; place -= 1) {
    const entry = heard[place]
    if (entry?.what === 'start') return entry.at
    if (entry?.what !== 'event' || entry.told.type !== 'added') continue
    const { id } = entry.told
    const added = commits.find(({ what, message }) => what === 'added' && message.id === id)
    if (added) return added.at
  }
  return 0
}

function isExact(
  connection: Connection,
  before: Connection,
  peers: readonly History[],
  commits: readonly Commit[],
): boolean {
  const epoch = decodeCursor(connection.cursor ?? '')?.log?.epoch ?? ''
  if (epoch === '' || connection.gateway !== before.gateway || !Number.isFinite(before.established))
    return false
  const meanwhile = commits.filter(({ at }) => at >= before.until - 1_000 && at <= connection.established)
  if (meanwhile.length > SURELY_KEPT) return false
  return peers.some((peer) =>
    connectionsOf(peer).some(
      ({ gateway, established, until }) =>
        gateway === connection.gateway && established < before.until && until > connection.established,
    ),
  )
}

function isEvent({ what }: Heard): boolean {
  return what === 'event'
}
