import { useEffect, useMemo } from 'react'
import { useClient } from 'urql'
import { TypingReporter } from '../../../shared/typing-reporter.ts'
import { TypingMutation } from '../documents.ts'

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
