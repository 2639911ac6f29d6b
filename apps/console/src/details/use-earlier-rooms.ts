import { useState } from 'react'
import type { ConsoleClosedRoomsQuery } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { read } from '../read.ts'
import type { Conversation } from '../room/conversation.ts'
import type { DisplayedError } from '../ui/displayed-errors.ts'
import { ClosedRoomsQuery } from './documents.ts'

export type EarlierRoom = ConsoleClosedRoomsQuery['rooms']['nodes'][number]

export interface EarlierRooms {
  /** The closed rooms of the same visitor that were found so far. */
  readonly found: readonly EarlierRoom[]
  /** How many closed rooms of all visitors were searched. */
  readonly searched: number
  readonly isBusy: boolean
  readonly errors: readonly DisplayedError[]
  /** Searches the next hundred closed rooms; null if all were searched. */
  readonly search: (() => void) | null
}

/**
 * Searches closed rooms for those of the same visitor. The gateway has no filter by visitor, so it reads the provider's list page
 * by page, one call each, and only when the operator asks for it.
 */
export function useEarlierRooms(room: Conversation['room']): EarlierRooms {
  const client = useClient()
  const [found, setFound] = useState<readonly EarlierRoom[]>([])
  const [searched, setSearched] = useState(0)
  const [after, setAfter] = useState<string | null>(null)
  const [isComplete, setComplete] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly DisplayedError[]>([])
  const search = async () => {
    setBusy(true)
    const filter = { providers: [room.provider.name], status: ['CLOSED' as const] }
    const { data, errors: failures } = await read(client, ClosedRoomsQuery, { after, filter })
    setBusy(false)
    setErrors(failures)
    if (!data || failures.length > 0) return
    const { nodes, pageInfo } = data.rooms
    const own = nodes.filter(
      ({ id, visitor }) => id !== room.id && visitor?.nativeId === room.visitor?.nativeId,
    )
    setFound((current) => [...current, ...own])
    setSearched((count) => count + nodes.length)
    setAfter(pageInfo.endCursor ?? null)
    setComplete(!pageInfo.hasNextPage)
  }
  return { found, searched, isBusy, errors, search: isComplete ? null : () => void search() }
}
