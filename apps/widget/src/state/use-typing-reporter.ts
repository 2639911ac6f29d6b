import { sendMutation } from '@switchboard/client'
import { useEffect, useMemo } from 'preact/hooks'
import { TypingReporter } from '../../../shared/typing-reporter.ts'
import { typingDocument } from '../documents.ts'
import type { Visitor } from '../gateway/visitor.ts'

/** Reports to the agents that the visitor types; does nothing unless the visitor may. */
export function useTypingReporter(visitor: Visitor, mayReport: boolean): TypingReporter {
  const reporter = useMemo(
    () =>
      new TypingReporter((typing) => {
        const input = { roomId: visitor.roomId, typing }
        if (mayReport) void sendMutation(visitor.session, typingDocument, { input })
      }),
    [visitor, mayReport],
  )
  useEffect(() => () => reporter.stop(), [reporter])
  return reporter
}
