import { withDeadline } from './deadline.ts'
import { RequestRejected } from './errors.ts'

/** What the operation that causes a request may still cost. */
export interface RequestAllowance {
  /** Takes one call; gives null, or why there is none left. */
  spend(): Error | null
  /** Milliseconds that are left; negative when the time is over. */
  readonly remainingMs: number
  /** What is told when the time is over. */
  timeoutError(): Error
}

/** Takes one call. Throws CallRefused where none is left. */
export function spendRequest(allowance: RequestAllowance | undefined): void {
  const refused = allowance?.spend()
  if (refused) throw new RequestRejected(refused)
}

/** Waits for something for no longer than the operation's time. Throws CallRefused when that is over. */
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
    const isOver = error instanceof DOMException && error.name === 'TimeoutError' && !signal.aborted
    throw isOver ? new RequestRejected(allowance.timeoutError()) : error
  }
}
