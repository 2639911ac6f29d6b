import { useCallback, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { untilDone } from '../../../shared/retry.ts'
import type { ConsoleOfflineMessageFragment, OfflineMessageFilter } from '../../generated/graphql.ts'
import { OfflineAddedSubscription, OfflineQuery } from '../documents.ts'
import { useConnection, useEvents } from '../gateway-context.ts'
import { type Fault, faultsOf } from '../ui/displayed-errors.ts'

export interface OfflineList {
  /** Null until the first page is there. */
  readonly messages: readonly ConsoleOfflineMessageFragment[] | null
  readonly total: number | null
  readonly faults: readonly Fault[]
  /** How many have come since the list was read. */
  readonly arrived: number
  readonly more: (() => void) | null
  /** Reads the list anew from its top. */
  readonly refresh: () => void
  /** Takes in a message as a mutation has left it. */
  readonly take: (message: ConsoleOfflineMessageFragment) => void
}

/** The offline messages that a filter asks for. What arrives meanwhile is counted; the list moves when asked to. */
export function useOffline(filter: OfflineMessageFilter): OfflineList {
  const client = useClient()
  const { opened } = useConnection()
  const [messages, setMessages] = useState<readonly ConsoleOfflineMessageFragment[] | null>(null)
  const [endCursor, setEndCursor] = useState<string | null>(null)
  const [total, setTotal] = useState<number | null>(null)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [arrived, setArrived] = useState(0)
  const [round, setRound] = useState(0)
  const asked = JSON.stringify(filter)

  // biome-ignore lint/correctness/useExhaustiveDependencies: filters that read the same are the same.
  const read = useCallback(
    async (after: string | null, isWanted: () => boolean) => {
      const { data, error } = await client.query(OfflineQuery, { after, filter })
      if (!isWanted()) return true
      setFaults(faultsOf(error))
      if (!data) return false
      const { nodes, pageInfo, totalCount } = data.offlineMessages
      setMessages((known) => (after === null ? nodes : [...(known ?? []), ...nodes]))
      setTotal(totalCount ?? null)
      setEndCursor(pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null)
      if (after === null) setArrived(0)
      return true
    },
    [client, asked],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when asked to, and when the connection is back.
  useEffect(() => {
    let wanted = true
    const stop = untilDone(() => read(null, () => wanted))
    return () => {
      wanted = false
      stop()
    }
  }, [read, opened, round])

  useEvents(OfflineAddedSubscription, {
    key: String(opened),
    variables: () => ({}),
    onEvent: () => setArrived((count) => count + 1),
    onEnd: (reason) => reason !== null && setFaults([{ provider: null, text: reason }]),
  })

  return {
    messages,
    total,
    faults,
    arrived,
    more: endCursor === null ? null : () => void read(endCursor, () => true),
    refresh: () => setRound((count) => count + 1),
    take: (message) =>
      setMessages((known) => known?.map((old) => (old.id === message.id ? message : old)) ?? null),
  }
}
