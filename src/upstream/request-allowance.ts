import { withDeadline } from './deadline.ts'
import { RequestRejected } from './errors.ts'

/** The upstream requests and the time that the operation causing a request may still use. */
export interface RequestAllowance {
  /** Consumes one request; returns null, or the error when none is left. */
  spend(): Error | null
  /** Called when the operation has received a response. */
  recordResponse(): void
  /** Milliseconds that are left; negative once the time is over. */
  readonly remainingMs: number
  /** The error of an operation whose time is over. */
  timeoutError(): Error
}

/** Consumes one request of the allowance. Throws RequestRejected when none is left. */
export function spendRequest(allowance: RequestAllowance | undefined): void {
  const error = allowance?.spend()
  if (error) throw new RequestRejected(error)
}

/** Waits no longer than the operation's remaining time. Throws RequestRejected when it is over. */
export async function withinAllowance<T>(
  allowance: RequestAllowance | undefined,
  signal: AbortSignal,
  wait: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (!allowance) return wait(signal)
  const { remainingMs } = allowance
  if (remainingMs <= 0) throw new RequestRejected(allowance.timeoutError())
  try {
    return await withDeadline(signal, remainingMs, wait)
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError' && !signal.aborted
    throw isTimeout ? new RequestRejected(allowance.timeoutError()) : error
  }
}
