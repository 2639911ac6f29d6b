import { useEffect, useMemo, useState } from 'react'
import { useClient } from 'urql'
import { TypingReporter } from '../../../shared/typing-reporter.ts'
import { RoomSignalsSubscription, TypingMutation } from '../documents.ts'
import { useConnection, useEvents } from '../gateway-context.ts'

const AGAIN_MS = 10_000

/**
 * What to show while the visitor of a room types; empty while it does not, and where the provider does not push. `newest`
 * identifies the visitor's newest message: typing ends with the message. Agents are left out, because the operator is one of them.
 */
export function useTyping(roomId: string, newest: string | undefined): string {
  const { opened } = useConnection()
  const [typist, setTypist] = useState('')
  const [round, setRound] = useState(0)
  const [isUnsupported, setUnsupported] = useState(false)
  useEvents(RoomSignalsSubscription, {
    key: isUnsupported ? null : String(round),
    variables: () => ({ roomId }),
    onEvent: ({ roomSignals: signal }) => {
      if (signal.__typename !== 'TypingSignal' || signal.participant.role !== 'VISITOR') return
      setTypist(signal.typing ? `${signal.participant.name ?? 'The visitor'} is typing…` : '')
    },
    onEnd: (_reason, code) => {
      setTypist('')
      if (code === 'UNSUPPORTED') setUnsupported(true)
      else setTimeout(() => setRound((count) => count + 1), AGAIN_MS)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message, and each lost connection, ends the typing.
  useEffect(() => setTypist(''), [newest, opened])
  return typist
}

/** Reports to the visitor that the operator types; does nothing unless the operator may. */
export function useTypingReporter(roomId: string, mayReport: boolean): TypingReporter {
  const client = useClient()
  const reporter = useMemo(
    () =>
      new TypingReporter((typing) => {
        if (mayReport) void client.mutation(TypingMutation, { input: { roomId, typing } }).toPromise()
      }),
    [client, roomId, mayReport],
  )
  useEffect(() => () => reporter.stop(), [reporter])
  return reporter
}
