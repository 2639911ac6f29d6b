import type { WireCall } from '../../../sandbox/wire-server.ts'
import type { CallLimit } from '../driver/simulated-provider.ts'

/** A message that was sent through a gateway, and the number of provider calls before it. */
export interface TrackedSend {
  readonly text: string
  readonly callsBefore: number
  /** Whether no client joined meanwhile, so that every read call was a poll. */
  hadOnlyPolls: boolean
}

/** Routes that polls read, as queries do. */
const READS = /messages\.history|livechat\/rooms$/

/**
 * Whether a gateway exceeded a rate limit that it knew. `restarts` are the numbers of calls at which a new gateway took over: that
 * one knows no limit yet, and may find one used up.
 */
export function checkRateLimit(calls: readonly WireCall[], restarts: readonly number[]): readonly string[] {
  const starts = [0, ...restarts]
  return starts.flatMap((start, index) => {
    const known = new Set<string>()
    return calls.slice(start, starts[index + 1]).flatMap(({ method, route, status, aborted }) => {
      const name = `${method} ${route}`
      const wasKnown = known.has(name)
      // The response of an injected fault, or one that broke off, says nothing about the limit.
      if (status !== null && status < 500 && !aborted) known.add(name)
      return status === 429 && wasKnown
        ? `${name} received a rate-limit response, although its limit was known`
        : []
    })
  })
}

/** Whether a send waited for polls: then more of them preceded it than one window allows. */
export function checkSendPriority(
  calls: readonly WireCall[],
  sends: readonly TrackedSend[],
  limit: CallLimit,
): readonly string[] {
  return sends.flatMap(({ text, callsBefore, hadOnlyPolls }) => {
    const sent = calls.findIndex(({ method, body }) => method !== 'GET' && body.includes(`"${text}"`))
    if (sent < 0 || !hadOnlyPolls) return []
    const polls = calls
      .slice(callsBefore, sent)
      .filter(({ method, route }) => method === 'GET' && READS.test(route))
    return polls.length > limit.calls ? `${polls.length} polls preceded the message "${text}"` : []
  })
}
