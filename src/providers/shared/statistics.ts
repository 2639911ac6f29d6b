import type { Agent, Statistics, TimeRange } from '../../domain/model.ts'

/** A room as statistics count it. */
export interface CountedRoom {
  readonly departmentId: string | null
  /** Since when a queued room waits. */
  readonly waitingSince: Date | null
  /** From the opening of a closed room to the first response of an agent. */
  readonly firstResponseMs: number | null
}

/** The rooms of one state. */
export interface CountedRooms {
  readonly rooms: readonly CountedRoom[]
  /** Number of all of them; null if it is not known. */
  readonly total: number | null
  /** Whether `rooms` are all of them. */
  readonly isComplete: boolean
}

/** Input of one provider's statistics; null if there is no data. */
export interface StatisticsSource {
  readonly provider: string
  readonly open: CountedRooms | null
  /** The longest waiting first, if they are incomplete. */
  readonly queued: CountedRooms | null
  readonly onHold: CountedRooms | null
  readonly closed: CountedRooms | null
  readonly agents: readonly Agent[] | null
}

/** Computes the entry of the whole provider, then one per department that rooms or agents belong to. */
export function computeStatistics(
  source: StatisticsSource,
  range: TimeRange,
  nowMs: number,
): readonly Statistics[] {
  return [null, ...departmentsOf(source)].map((departmentId) => {
    const { provider, open, queued, onHold, closed, agents } = source
    const waits = waitsOf(queued, departmentId, range, nowMs)
    const responses = roomsOf(closed, departmentId).flatMap(({ firstResponseMs }) => firstResponseMs ?? [])
    return {
      provider,
      departmentId,
      open: countRooms(open, departmentId),
      queued: countRooms(queued, departmentId),
      onHold: countRooms(onHold, departmentId),
      closed: countRooms(closed, departmentId),
      longestWaitMs: waits.length > 0 ? Math.max(...waits) : null,
      medianWaitMs: queued?.isComplete ? median(waits) : null,
      medianFirstResponseMs: median(responses),
      agentsAccepting: countAccepting(agents, departmentId),
    }
  })
}

function departmentsOf({ open, queued, onHold, closed, agents }: StatisticsSource): readonly string[] {
  const ofRooms = [open, queued, onHold, closed].flatMap((counted) =>
    (counted?.rooms ?? []).flatMap(({ departmentId }) => departmentId ?? []),
  )
  return [...new Set([...ofRooms, ...(agents ?? []).flatMap(({ departmentIds }) => departmentIds)])].sort()
}

function roomsOf(counted: CountedRooms | null, departmentId: string | null): readonly CountedRoom[] {
  const rooms = counted?.rooms ?? []
  return departmentId === null ? rooms : rooms.filter((room) => room.departmentId === departmentId)
}

function countRooms(counted: CountedRooms | null, departmentId: string | null): number | null {
  if (counted === null) return null
  if (departmentId === null) return counted.total
  return counted.isComplete ? roomsOf(counted, departmentId).length : null
}

function countAccepting(agents: readonly Agent[] | null, departmentId: string | null): number | null {
  if (agents === null) return null
  const accepting = agents.filter(({ acceptingChats }) => acceptingChats)
  return accepting.filter(
    ({ departmentIds }) => departmentId === null || departmentIds.includes(departmentId),
  ).length
}

/** The waits of rooms that are queued now and began to wait within the range. The provider's clock may be ahead. */
function waitsOf(
  queued: CountedRooms | null,
  departmentId: string | null,
  { from, to }: TimeRange,
  nowMs: number,
): readonly number[] {
  return roomsOf(queued, departmentId).flatMap(({ waitingSince: since }) => {
    if (since === null || (from && since < from) || (to && since >= to)) return []
    return Math.max(0, nowMs - since.getTime())
  })
}

/** Null for no values; the mean of the middle two for an even number of values. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? null : Math.round((lower + upper) / 2)
}
