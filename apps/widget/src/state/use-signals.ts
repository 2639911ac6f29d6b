import { subscribeResuming } from '@switchboard/client'
import { useEffect, useState } from 'preact/hooks'
import type { WidgetSignalsSubscription } from '../../generated/operations.ts'
import { signalsDocument } from '../documents.ts'
import type { Visitor } from '../gateway/visitor.ts'

/** Names of the agents who type, by their ids; null for an agent without a name. */
type Typists = ReadonlyMap<string, string | null>

const NOBODY: Typists = new Map()

/** What is valid now in the conversation. */
export interface Signals {
  /** The name of an agent who types; empty if it is unknown, null if none types. */
  readonly typist: string | null
  /** The place in the queue; undefined until it is signalled. */
  readonly position: number | null | undefined
}

/**
 * Receives the signals of the conversation; none where the provider does not push. `newest` identifies the agents' newest
 * message: typing ends with the message. Nothing is read while `isOver`.
 */
export function useSignals(visitor: Visitor | null, newest: string | undefined, isOver: boolean): Signals {
  const [typists, setTypists] = useState(NOBODY)
  const [position, setPosition] = useState<number | null>()
  useEffect(() => {
    if (!visitor || isOver) return
    const leaving = new AbortController()
    const { signal } = leaving
    const receive = async () => {
      const options = { signal, onConnection: () => setTypists(NOBODY) }
      const variables = { roomId: visitor.roomId }
      for await (const event of subscribeResuming(visitor.session, signalsDocument, variables, options)) {
        const { roomSignals } = event
        if (signal.aborted) return
        if ('typing' in roomSignals) setTypists((known) => withTyping(known, roomSignals))
        else if ('queue' in roomSignals) setPosition(roomSignals.queue?.position ?? null)
      }
    }
    // A provider that does not push has none.
    receive().catch(() => {})
    return () => {
      leaving.abort()
      setTypists(NOBODY)
      setPosition(undefined)
    }
  }, [visitor, isOver])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message ends the typing.
  useEffect(() => setTypists(NOBODY), [newest])
  const [name] = typists.values()
  return { typist: name === undefined ? null : (name ?? ''), position }
}

type TypingSignal = Extract<WidgetSignalsSubscription['roomSignals'], { typing: boolean }>

function withTyping(known: Typists, { typing, participant }: TypingSignal): Typists {
  const { nativeId, name, role } = participant
  if (role === 'VISITOR') return known
  const typists = new Map(known)
  if (typing) typists.set(nativeId, name ?? null)
  else typists.delete(nativeId)
  return typists
}
