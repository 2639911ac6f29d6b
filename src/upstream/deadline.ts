/**
 * Runs work under a signal that aborts with `outer` or after `ms`, whichever is first. The listener on `outer` is
 * removed afterwards: the signal of a subscription lives for days and must not collect listeners.
 */
export async function withDeadline<T>(
  outer: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted()
  const inner = new AbortController()
  const abort = () => inner.abort(outer.reason)
  const timer = setTimeout(() => inner.abort(new DOMException('deadline', 'TimeoutError')), ms)
  outer.addEventListener('abort', abort, { once: true })
  try {
    return await work(inner.signal)
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', abort)
  }
}
