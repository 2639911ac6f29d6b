import { useConnection } from '@switchboard/client/react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ConsoleRoomFragment, RoomFilter } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { InboxQuery } from '../documents.ts'
import { read } from '../read.ts'
import { retryUntilDone } from '../retry.ts'
import type { DisplayedError } from '../ui/displayed-errors.ts'
import { PAGE } from './use-active-rooms.ts'

export interface RoomPages {
  /** Null until the first page of each list is loaded. */
  readonly rooms: readonly ConsoleRoomFragment[] | null
  readonly errors: readonly DisplayedError[]
  /** Reads the next page of each list that has one, and resolves with its rooms; null where no list has one. */
  readonly more: (() => Promise<readonly ConsoleRoomFragment[]>) | null
}

/** A list of the gateway as far as it is read. */
interface ListState {
  readonly filter: RoomFilter
  /** The cursor of the next page; null at the end. */
  readonly next: string | null
}

interface PagesState {
  readonly key: string
  readonly rooms: readonly ConsoleRoomFragment[]
  readonly lists: readonly ListState[]
}

/** Reads lists of the gateway page by page, and again when the connection is back. An empty array of lists reads nothing. */
export function useRoomPages(lists: readonly RoomFilter[]): RoomPages {
  const client = useClient()
  const { opened } = useConnection(client)
  const [pages, setPages] = useState<PagesState | null>(null)
  const [errors, setErrors] = useState<readonly DisplayedError[]>([])
  const key = JSON.stringify(lists)

  const readPage = useCallback(
    async ({ filter, next }: ListState) => {
      const result = await read(client, InboxQuery, { first: PAGE, after: next, filter })
      const { nodes = [], pageInfo } = result.data?.rooms ?? {}
      return {
        isDone: result.data !== null,
        rooms: nodes,
        list: { filter, next: pageInfo?.hasNextPage ? (pageInfo.endCursor ?? null) : null },
        errors: result.errors,
      }
    },
    [client],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: lists are compared by value; read again after a lost connection.
  useEffect(() => {
    let wanted = true
    const stop = retryUntilDone(async () => {
      const results = await Promise.all(lists.map((filter) => readPage({ filter, next: null })))
      if (!wanted) return true
      setErrors(results.flatMap((result) => result.errors))
      if (!results.every(({ isDone }) => isDone)) return false
      setPages({ key, rooms: results.flatMap(({ rooms }) => rooms), lists: results.map(({ list }) => list) })
      return true
    })
    return () => {
      wanted = false
      stop()
    }
  }, [readPage, key, opened])

  const current = pages?.key === key ? pages : null
  return useMemo(() => {
    const unfinished = current?.lists.filter(({ next }) => next !== null) ?? []
    const more = async () => {
      const results = await Promise.all(unfinished.map(readPage))
      const rooms = results.flatMap((result) => result.rooms)
      setErrors(results.flatMap((result) => result.errors))
      setPages((before) => {
        if (before?.key !== key) return before
        // A list whose page could not be read keeps its place.
        const lists = results.map(({ isDone, list }, index) => (isDone ? list : (unfinished[index] ?? list)))
        return { key, rooms: [...before.rooms, ...rooms], lists }
      })
      return rooms
    }
    return { rooms: current?.rooms ?? null, errors, more: unfinished.length > 0 ? more : null }
  }, [current, errors, key, readPage])
}
