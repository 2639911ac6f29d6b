import { AllowanceError } from '../../domain/call-allowance.ts'
import { UpstreamError } from '../../upstream/errors.ts'

/** How long a failure is told again where who is nobody may ask: nobody asks as often as it likes. */
export const FAILURE_TTL_MS = 2_000

/**
 * Remembers one answer for `ms`, so that a set which rarely changes is not asked for again and again: calls are
 * limited or billed. A failure is remembered for `failureMs`; not at all unless told, since it may be of the one
 * caller's credential. Those who ask at once are joined further down, at the door.
 */
export function cached<A extends readonly unknown[], T>(
  ms: number,
  read: (...args: A) => Promise<T>,
  failureMs = 0,
): (...args: A) => Promise<T> {
  let last: { readonly outcome: Promise<T>; readonly until: number } | null = null
  const keep = (outcome: Promise<T>, forMs: number) => {
    last = { outcome, until: performance.now() + forMs }
  }
  return async (...args) => {
    if (last && performance.now() < last.until) return last.outcome
    const outcome = read(...args)
    try {
      await outcome
      keep(outcome, ms)
    } catch (error) {
      // That one caller left, or may ask no more, says nothing to the next.
      const left = error instanceof UpstreamError && error.failure === 'aborted'
      if (!left && !(error instanceof AllowanceError)) keep(outcome, failureMs)
    }
    return outcome
  }
}
