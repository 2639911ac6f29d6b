import type { WireCall } from '../../../sandbox/wire-server.ts'
import type { CallLimit } from '../driver/simulated-provider.ts'

/** A message that was asked to be sent when so many calls had come to the provider. */
export interface TrackedSend {
  readonly text: string
  readonly callsBefore: number
  /** Whether nobody joined meanwhile: the calls that reading makes were looks then. */
  hadOnlyPolls: boolean
}

/** Routes by which looks read, as people do. */
const READS = /messages\.history|livechat\/rooms$/

/**
 * Whether a gateway went beyond a limit that it had been told of. `restarts` are the numbers of calls after which another
 * gateway took over, which knows of no limit, and may find one used up.
 */
export function checkRateLimit(calls: readonly WireCall[], restarts: readonly number[]): readonly string[] {
  const starts = [0, ...restarts]
  return starts.flatMap((start, index) => {
    const told = new Set<string>()
    return calls.slice(start, starts[index + 1]).flatMap(({ method, route, status, aborted }) => {
      const name = `${method} ${route}`
      const wasTold = told.has(name)
      // An answer that was made up for a fault, or broke off, says nothing of a limit.
      if (status !== null && status < 500 && !aborted) told.add(name)
      return status === 429 && wasTold
        ? `${name} was refused as one too many, though its limit was known`
        : []
    })
  })
}

/** Whether a send waited for looks: then more of them came before it than one window takes. */
export function checkSendPriority(
  calls: readonly WireCall[],
  sendings: readonly TrackedSend[],
  limit: CallLimit,
): readonly string[] {
  return sendings.flatMap(({ text, callsBefore, hadOnlyPolls: isAlone }) => {
    const sent = calls.findIndex(({ method, body }) => method !== 'GET' && body.includes(`"${text}"`))
    if (sent < 0 || !isAlone) return []
    const looks = calls
      .slice(callsBefore, sent)
      .filter(({ method, route }) => method === 'GET' && READS.test(route))
    return looks.length > limit.calls ? `${looks.length} looks came before the message "${text}"` : []
  })
}
