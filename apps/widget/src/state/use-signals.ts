import { useEffect, useState } from 'preact/hooks'
import { WidgetSignalsDocument, type WidgetSignalsSubscription } from '../../generated/graphql.ts'
import type { Visitor } from '../gateway/visitor.ts'

/** Names of the agents who type, by their ids; null for an agent without a name. */
type Typists = ReadonlyMap<string, string | null>

const NOBODY: Typists = new Map()
/** The pause before subscribing again, as an attempt of RetryPause: some five seconds. */
const ENDED = 4

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
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round subscribes anew.
  useEffect(() => {
    if (!visitor || isOver) return
    let isWanted = true
    const subscribeAgain = () => isWanted && setRound((count) => count + 1)
    const leave = visitor.listen(
      WidgetSignalsDocument,
      { roomId: visitor.roomId },
      {
        event: ({ roomSignals: signal }) => {
          if ('typing' in signal) setTypists((known) => withTyping(known, signal))
          else if ('queue' in signal) setPosition(signal.queue?.position ?? null)
        },
        end: (code) => {
          setTypists(NOBODY)
          if (code !== 'UNSUPPORTED') void visitor.gateway.pause.wait(ENDED).then(subscribeAgain)
        },
        connection: (isOpen) => isOpen || setTypists(NOBODY),
      },
    )
    return () => {
      isWanted = false
      leave()
      setTypists(NOBODY)
      setPosition(undefined)
    }
  }, [visitor, round, isOver])
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
