import { useEffect, useMemo } from 'react'
import { TypingReporter } from '../../../shared/typing-reporter.ts'
import { useClient } from '../client-context.ts'
import { TypingMutation } from '../documents.ts'

/** Reports to the visitor that the operator types; does nothing unless the operator may. */
export function useTypingReporter(roomId: string, mayReport: boolean): TypingReporter {
  const client = useClient()
  const reporter = useMemo(
    () =>
      new TypingReporter((typing) => {
        if (mayReport) void client.mutate(TypingMutation, { input: { roomId, typing } })
      }),
    [client, roomId, mayReport],
  )
  useEffect(() => () => reporter.stop(), [reporter])
  return reporter
}
