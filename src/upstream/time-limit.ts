import type { StopSignal } from './stop-signal.ts'

/** How long a caller waits, in milliseconds, and the error after that. */
export interface TimeLimit {
  readonly ms: number
  readonly error: () => Error
}

/**
 * Runs work under a signal that aborts with `outer`, or with the limit's error when the time is over, whichever is first.
 * The listener on `outer` is removed afterwards: the signal of a subscription lives for days and must not collect listeners.
 */
export async function withTimeLimit<T>(
  outer: StopSignal,
  { ms, error }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted()
  const inner = new AbortController()
  const abort = () => inner.abort(outer.reason)
  const timer = setTimeout(() => inner.abort(error()), ms)
  outer.addEventListener('abort', abort, { once: true })
  try {
    return await work(inner.signal)
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', abort)
  }
}
