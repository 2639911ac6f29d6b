import { ChatError } from '../../domain/errors.ts'
import type { Span, SpanReference, Tracing } from '../../tracing/tracing.ts'

/** A poll that is about to start. */
export interface TracedPoll {
  readonly target: 'account' | 'room' | 'room state'
  readonly provider: string
  /** The reason of a room's poll. */
  readonly kind?: string
  /** The operations that wait for it. */
  readonly links?: readonly (SpanReference | null)[]
}

/** What a poll reports of itself; nothing where tracing is off. */
export type PollSpan = Pick<Span, 'set' | 'fail'> | null

/** Runs a poll as a span. It begins a trace: it serves all subscribers, and none of their operations lasts as long. */
export async function tracePoll(
  tracing: Tracing | null,
  { target, provider, kind, links = [] }: TracedPoll,
  poll: (span: PollSpan) => Promise<void>,
): Promise<void> {
  if (!tracing) return poll(null)
  const span = tracing.start({
    name: `poll ${target}`,
    kind: 'internal',
    attributes: {
      'switchboard.provider': provider,
      ...(kind !== undefined && { 'switchboard.poll.kind': kind }),
    },
    parent: null,
    links: links.filter((link) => link !== null),
  })
  try {
    await tracing.runIn(span, () => poll(span))
  } finally {
    span.end()
  }
}

/** The code of a poll's failure. */
export function failureCode(error: unknown): string {
  return error instanceof ChatError ? error.code : 'unexpected'
}
