import { useEffect, useMemo, useState } from 'preact/hooks'
import { TypingReporter } from '../../shared/typing-reporter.ts'
import type { WidgetSignalsSubscription } from '../generated/graphql.ts'
import { SignalsSubscription, TypingMutation } from './documents.ts'
import type { Gateway } from './gateway.ts'
import type { StoredSession } from './stored-session.ts'

const AGAIN_MS = 10_000

/** Names of the agents who type, by their ids; null for an agent without a name. */
type Typists = ReadonlyMap<string, string | null>

const NOBODY: Typists = new Map()

/**
 * What to show while an agent types; empty while none does, and where the provider does not push. `newest` identifies the
 * agents' newest message: typing ends with the message.
 */
export function useTyping(
  gateway: Gateway,
  { roomId, token }: StoredSession,
  newest: string | undefined,
): string {
  const [typists, setTypists] = useState(NOBODY)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round subscribes anew.
  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined
    const leave = gateway.listen(SignalsSubscription, { roomId }, token, {
      event: (data) => setTypists((known) => withSignal(known, data)),
      end: (code) => {
        setTypists(NOBODY)
        if (code !== 'UNSUPPORTED') pause = setTimeout(() => setRound((count) => count + 1), AGAIN_MS)
      },
      connection: (isOpen) => isOpen || setTypists(NOBODY),
    })
    return () => {
      clearTimeout(pause)
      leave()
    }
  }, [gateway, roomId, token, round])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message ends the typing.
  useEffect(() => setTypists(NOBODY), [newest])
  const [name] = typists.values()
  return name === undefined ? '' : `${name ?? 'Somebody'} is typing…`
}

/** Reports to the agents that the visitor types; does nothing unless the visitor may. */
export function useTypingReporter(
  gateway: Gateway,
  { roomId, token }: StoredSession,
  mayReport: boolean,
): TypingReporter {
  const reporter = useMemo(
    () =>
      new TypingReporter((typing) => {
        if (mayReport) void gateway.ask(TypingMutation, { input: { roomId, typing } }, token)
      }),
    [gateway, roomId, token, mayReport],
  )
  useEffect(() => () => reporter.stop(), [reporter])
  return reporter
}

function withSignal(known: Typists, { roomSignals: signal }: WidgetSignalsSubscription): Typists {
  if (signal.__typename !== 'TypingSignal') return known
  const { nativeId, name, role } = signal.participant
  if (role === 'VISITOR') return known
  const typists = new Map(known)
  if (signal.typing) typists.set(nativeId, name ?? null)
  else typists.delete(nativeId)
  return typists
}
