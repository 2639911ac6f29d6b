import type { CallContext } from '../../domain/adapter.ts'
import type { TimeRange } from '../../domain/model.ts'
import type { CountedRooms } from './statistics.ts'
import { TtlCache } from './ttl-cache.ts'

/** Closed rooms change only by new ones, and reading them is the expensive part of statistics. */
const TTL_MS = 30_000
const MAX_RANGES = 20

/** Reads the rooms that closed within a range. */
export type ReadClosedRooms = (range: TimeRange, call: CallContext) => Promise<CountedRooms>

/** Keeps what `read` returns for each of the latest ranges for thirty seconds. */
export function cachedByRange(read: ReadClosedRooms): ReadClosedRooms {
  const closedByRange = new TtlCache<CountedRooms>(TTL_MS, MAX_RANGES)
  return async ({ from, to }, call) => {
    const key = JSON.stringify([from, to])
    const known = closedByRange.get(key)
    if (known) return known
    const closed = await read({ from, to }, call)
    closedByRange.set(key, closed)
    return closed
  }
}
