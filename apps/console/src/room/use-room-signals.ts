import { GatewayError } from '@switchboard/client'
import { useSubscription } from '@switchboard/client/react'
import { useEffect, useState } from 'react'
import type { ConsoleRoomSignalsSubscription } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { RoomSignalsSubscription } from '../documents.ts'
import type { Conversation } from './conversation.ts'

type Room = Conversation['room']
type Signal = ConsoleRoomSignalsSubscription['roomSignals']
type QueueSignal = Extract<Signal, { __typename: 'QueueSignal' }>

const AGAIN_MS = 10_000

/** What the provider signals about a room. Where it signals nothing, these are the values of the last read. */
export interface RoomSignals {
  /** The visitor who types; null while it does not. Its name is null where the provider does not report it. */
  readonly typist: { readonly name: string | null } | null
  /** Time up to which the visitor has seen the room; null if the provider does not report it. */
  readonly seenUpTo: string | null
  /** Place in the queue; null unless the room is queued. */
  readonly queue: NonNullable<Room['queue']> | null
}

/**
 * Subscribes to the signals of a room. `newest` identifies the visitor's newest message: typing ends with the message. Typing of
 * agents is left out, because the operator is one of them.
 */
export function useRoomSignals(roomId: string, room: Room | null, newest: string | undefined): RoomSignals {
  const client = useClient()
  const [typist, setTypist] = useState<RoomSignals['typist']>(null)
  const [seenUpTo, setSeenUpTo] = useState<string | null>(null)
  const [place, setPlace] = useState<QueueSignal['queue']>(null)
  const [isUnsupported, setUnsupported] = useState(false)
  const applySignal = (signal: Signal) => {
    if (signal.__typename === 'QueueSignal') return setPlace(signal.queue)
    if (signal.participant.role !== 'VISITOR') return
    if (signal.__typename === 'SeenSignal') return setSeenUpTo(signal.upTo)
    setTypist(signal.typing ? { name: signal.participant.name ?? null } : null)
  }
  const restart = useSubscription(client, RoomSignalsSubscription, isUnsupported ? null : { roomId }, {
    onData: ({ roomSignals }) => applySignal(roomSignals),
    onConnection: () => setTypist(null),
    onEnd: (error) => {
      if (error instanceof GatewayError && error.code === 'UNSUPPORTED') setUnsupported(true)
      else setTimeout(restart, AGAIN_MS)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message ends the typing.
  useEffect(() => setTypist(null), [newest])
  return {
    typist,
    seenUpTo: latest(seenUpTo, room?.visitor?.seenUpTo ?? null),
    queue: room?.status === 'QUEUED' ? (place ?? room.queue ?? null) : null,
  }
}

/** The later of two timestamps of one format, which compare as strings. */
function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}
