import { useEffect, useMemo } from 'preact/hooks'
import { TypingReporter } from '../../../shared/typing-reporter.ts'
import { WidgetTypingDocument } from '../../generated/graphql.ts'
import type { Visitor } from '../gateway/visitor.ts'

/** Reports to the agents that the visitor types; does nothing unless the visitor may. */
export function useTypingReporter(visitor: Visitor, mayReport: boolean): TypingReporter {
  const reporter = useMemo(
    () =>
      new TypingReporter((typing) => {
        if (mayReport) void visitor.ask(WidgetTypingDocument, { input: { roomId: visitor.roomId, typing } })
      }),
    [visitor, mayReport],
  )
  useEffect(() => () => reporter.stop(), [reporter])
  return reporter
}
