import { decodeCursor } from '../../../src/cursor/cursor.ts'
import type { History, HistoryEntry } from './history.ts'
import { type Commit, positionOf } from './ledger.ts'
import type { UnobservedWindow } from './unobserved-window.ts'

/** One connection of a subscriber. Times are of the scenario's clock. */
export interface Connection {
  readonly gateway: number
  readonly from: number
  /** When the first event arrived. From then on the room was polled for it. Infinite where none arrived. */
  readonly firstEventAt: number
  readonly until: number
  /** The cursor it resumed from; null where it started now. */
  readonly cursor: string | null
  readonly isStart: boolean
  /** The index of its first entry in the history. */
  readonly index: number
}

/**
 * A resume must be exact if no more commits than these were made in the meantime. The event log keeps 500 events, which can be
 * more than the commits: changes of the room's own state are events too.
 */
export const MAX_EXACT_COMMITS = 300

/** The connections of a subscriber, in order. */
export function connectionsOf({ entries }: History): readonly Connection[] {
  return entries.flatMap((entry, index) => {
    if (entry.type !== 'start' && entry.type !== 'resume') return []
    const later = entries.slice(index + 1)
    const end = later.findIndex(({ type }) => type === 'start' || type === 'resume')
    const own = end < 0 ? later : later.slice(0, end)
    return {
      gateway: entry.gateway,
      from: entry.at,
      firstEventAt: own.find(isEvent)?.at ?? Number.POSITIVE_INFINITY,
      until: own.find(({ type }) => type === 'disconnected')?.at ?? Number.POSITIVE_INFINITY,
      cursor: entry.type === 'resume' ? entry.cursor : (entry.page?.cursor ?? null),
      isStart: entry.type === 'start',
      index,
    }
  })
}

/** What decides whether a resume must be exact. */
export interface ResumeContext {
  /** The histories of the subscribers that keep the same poller running. */
  readonly peers: readonly History[]
  readonly commits: readonly Commit[]
  /** Whether all gateways share one event log, and none of them lost it. */
  readonly isLogShared: boolean
}

/**
 * The times in which no poll may have read the room for this subscriber: until the first event after a start, and around
 * each resume. Resumes while another subscriber keeps the same poller running are left out: they must be exact.
 */
export function unobservedWindowsOf(
  history: History,
  { peers, commits, isLogShared }: ResumeContext,
): readonly UnobservedWindow[] {
  const connections = connectionsOf(history)
  const windows: UnobservedWindow[] = []
  for (const [index, connection] of connections.entries()) {
    const previous = connections[index - 1]
    if (!connection.isStart && previous && isExact(connection, previous, { peers, commits, isLogShared }))
      continue
    // A connection without an event may never have been polled for. The first event of a later one ends the window.
    const firstEventAt = Math.min(...connections.slice(index).map((other) => other.firstEventAt))
    const last = connection.isStart ? null : lastDeliveredAddition(history, connection, commits)
    windows.push({
      // A subscription without a cursor may have started at any time.
      from: connection.cursor === null ? 0 : (last?.at ?? connection.from),
      until: connection.cursor === null ? firstEventAt : observedBy(history, firstEventAt, commits),
      cursor: connection.cursor === null ? null : decodeCursor(connection.cursor),
      lastDelivered: last && positionOf(last.message),
    })
  }
  return windows
}

/** The newest addition that was delivered before a connection. */
function lastDeliveredAddition(
  { entries }: History,
  { index }: Connection,
  commits: readonly Commit[],
): Commit | null {
  const entry = entries.slice(0, index).findLast(isAddition)
  return entry ? additionIn(entry, commits) : null
}

/**
 * When the first commit after `firstEventAt` was delivered. The events before that may be of a poll that was in flight when the
 * subscriber joined, and of the next poll it receives only what is newer than its cursor.
 */
function observedBy({ entries }: History, firstEventAt: number, commits: readonly Commit[]): number {
  const entry = entries.find((one) => {
    if (one.at < firstEventAt || !isAddition(one)) return false
    return (additionIn(one, commits)?.at ?? 0) > firstEventAt
  })
  return entry?.at ?? Number.POSITIVE_INFINITY
}

/** The commit of the addition that an entry delivers. */
function additionIn(entry: HistoryEntry, commits: readonly Commit[]): Commit | null {
  const id = entry.type === 'event' && 'id' in entry.event ? entry.event.id : null
  return commits.find(({ type, message }) => type === 'added' && message.id === id) ?? null
}

function isAddition(entry: HistoryEntry): boolean {
  return entry.type === 'event' && entry.event.type === 'added'
}

function isExact(
  connection: Connection,
  previous: Connection,
  { peers, commits, isLogShared }: ResumeContext,
): boolean {
  const isSameLog = (gateway: number) => isLogShared || gateway === connection.gateway
  if (!hasLogPosition(connection) || !isSameLog(previous.gateway) || !Number.isFinite(previous.firstEventAt))
    return false
  const meanwhile = commits.filter(({ at }) => at >= previous.until - 1_000 && at <= connection.firstEventAt)
  if (meanwhile.length > MAX_EXACT_COMMITS) return false
  return peers.some((peer) =>
    connectionsOf(peer).some(
      ({ gateway, firstEventAt, until }) =>
        isSameLog(gateway) && firstEventAt < previous.until && until > connection.firstEventAt,
    ),
  )
}

/** Whether a connection resumes from a cursor that names a position in an event log. */
export function hasLogPosition({ cursor }: Connection): boolean {
  return (decodeCursor(cursor ?? '')?.logPosition?.epoch ?? '') !== ''
}

function isEvent({ type }: HistoryEntry): boolean {
  return type === 'event'
}
