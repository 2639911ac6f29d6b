import { useConnection, useSubscription } from '@switchboard/client/react'
import { useCallback, useEffect, useState } from 'react'
import type { ConsoleOfflineMessageFragment, OfflineMessageFilter } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { OfflineAddedSubscription, OfflineQuery } from '../documents.ts'
import { read } from '../read.ts'
import { retryUntilDone } from '../retry.ts'
import { type DisplayedError, errorFrom } from '../ui/displayed-errors.ts'

export interface OfflineList {
  /** Null until the first page is loaded. */
  readonly messages: readonly ConsoleOfflineMessageFragment[] | null
  readonly total: number | null
  /** Whether the list is being read for another filter, so that it does not match yet. */
  readonly isReading: boolean
  readonly errors: readonly DisplayedError[]
  /** How many messages arrived since the list was read. */
  readonly arrived: number
  readonly more: (() => void) | null
  /** Reads the list again from the top. */
  readonly refresh: () => void
  /** Replaces a message with that of a mutation's result. */
  readonly take: (message: ConsoleOfflineMessageFragment) => void
}

/** The offline messages that match a filter. New ones are counted, and shown after a refresh. */
export function useOffline(filter: OfflineMessageFilter): OfflineList {
  const client = useClient()
  const { opened } = useConnection(client)
  const [messages, setMessages] = useState<readonly ConsoleOfflineMessageFragment[] | null>(null)
  const [endCursor, setEndCursor] = useState<string | null>(null)
  const [total, setTotal] = useState<number | null>(null)
  const [errors, setErrors] = useState<readonly DisplayedError[]>([])
  const [arrived, setArrived] = useState(0)
  const [round, setRound] = useState(0)
  const [isReading, setReading] = useState(true)
  const asked = JSON.stringify(filter)

  // biome-ignore lint/correctness/useExhaustiveDependencies: filters are compared by value.
  const readPage = useCallback(
    async (after: string | null, isWanted: () => boolean) => {
      const result = await read(client, OfflineQuery, { after, filter })
      if (!isWanted()) return true
      setReading(false)
      setErrors(result.errors)
      if (!result.data) return false
      const { nodes, pageInfo, totalCount } = result.data.offlineMessages
      setMessages((current) => (after === null ? nodes : [...(current ?? []), ...nodes]))
      setTotal(totalCount ?? null)
      setEndCursor(pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null)
      if (after === null) setArrived(0)
      return true
    },
    [client, asked],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again on a refresh, and when the connection is back.
  useEffect(() => {
    let wanted = true
    setReading(true)
    const stop = retryUntilDone(() => readPage(null, () => wanted))
    return () => {
      wanted = false
      stop()
    }
  }, [readPage, opened, round])

  const fail = (error: Error) => setErrors([errorFrom(error)])
  useSubscription(
    client,
    OfflineAddedSubscription,
    {},
    {
      onData: () => setArrived((count) => count + 1),
      onFailure: fail,
      onEnd: fail,
    },
  )

  return {
    messages,
    total,
    isReading,
    errors,
    arrived,
    more: endCursor === null ? null : () => void readPage(endCursor, () => true),
    refresh: () => setRound((count) => count + 1),
    take: (message) =>
      setMessages((current) => current?.map((old) => (old.id === message.id ? message : old)) ?? null),
  }
}
