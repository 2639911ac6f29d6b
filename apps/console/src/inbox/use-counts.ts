import { useEffect, useMemo, useState } from 'react'
import type { ConsoleInboxTotalsQuery } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { InboxTotalsQuery } from '../documents.ts'
import { read } from '../read.ts'
import { DEFAULT_FILTER, type InboxFilter, type InboxView, isActiveOnly } from './filter.ts'
import { useInbox } from './inbox-context.ts'
import { type ListedRoom, matchesFilter } from './listed-room.ts'

/** A number of rooms. */
export interface Count {
  readonly value: number
  /** Whether there may be more: not all rooms are loaded. */
  readonly isAtLeast: boolean
}

export interface InboxCounts {
  /** By view, with the other filters; null where nothing is known. */
  readonly views: Readonly<Record<InboxView, Count | null>>
  /** Counts the rooms that one more change of the filter would show; null where that is not known exactly. */
  readonly countWith: (change: Partial<InboxFilter>) => number | null
}

/** Counts the rooms of the filters; for one component, since it reads statistics. Only where all rooms that are not over are loaded, their number is exact. */
export function useCounts(filter: InboxFilter): InboxCounts {
  const { rooms, isLoaded, isComplete, ownAgentKeys } = useInbox()
  const total = useTotal(isLoaded && !isComplete)
  const { status, provider, department, tag, text, view } = filter
  return useMemo(() => {
    const all = [...rooms.values()]
    const count = (wanted: InboxFilter) =>
      all.filter(({ room }: ListedRoom) => matchesFilter(room, wanted, ownAgentKeys)).length
    const current: InboxFilter = { ...DEFAULT_FILTER, view, status, provider, department, tag, text }
    const isUnfiltered = [status, provider, department, tag, text].every((value) => value === '')
    const countView = (wanted: InboxView): Count | null => {
      if (!isLoaded || !isActiveOnly(current)) return null
      if (wanted === 'all' && isUnfiltered && !isComplete && total !== null)
        return { value: total, isAtLeast: false }
      return { value: count({ ...current, view: wanted }), isAtLeast: !isComplete }
    }
    return {
      views: { mine: countView('mine'), unassigned: countView('unassigned'), all: countView('all') },
      countWith: (change) => {
        const wanted = { ...current, ...change }
        return isComplete && isActiveOnly(wanted) ? count(wanted) : null
      },
    }
  }, [rooms, isLoaded, isComplete, ownAgentKeys, total, view, status, provider, department, tag, text])
}

/** Statistics cost several calls to each provider. */
const TOTALS_MS = 60_000

/** The number of all rooms that are not over, by the providers' statistics; null while it is not known. */
function useTotal(isWanted: boolean): number | null {
  const client = useClient()
  const [total, setTotal] = useState<number | null>(null)
  useEffect(() => {
    if (!isWanted) return
    let wanted = true
    const refresh = async () => {
      const { data, errors } = await read(client, InboxTotalsQuery, {})
      if (wanted) setTotal(data && errors.length === 0 ? sumOf(data.statistics) : null)
    }
    void refresh()
    const timer = setInterval(() => void refresh(), TOTALS_MS)
    return () => {
      wanted = false
      clearInterval(timer)
    }
  }, [client, isWanted])
  return total
}

/** Null if a provider does not know its number. Entries of departments are parts of their provider's. */
function sumOf(statistics: ConsoleInboxTotalsQuery['statistics']): number | null {
  let sum = 0
  for (const { department, open, queued, onHold } of statistics) {
    if (department) continue
    if (open == null || queued == null) return null
    // LiveChat has no rooms on hold, and reports null.
    sum += open + queued + (onHold ?? 0)
  }
  return sum
}
