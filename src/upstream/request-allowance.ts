import { RequestRejected } from './errors.ts'
import type { TimeLimit } from './time-limit.ts'

/** The upstream requests and the time that the operation causing a request may still use. */
export interface RequestAllowance {
  /** Consumes one request; returns null, or the error when none is left. */
  spend(): Error | null
  /** Called when a read of the operation, its own or one that it joined, has its response. */
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

/** The rest of the operation's time, with a RequestRejected; null without an operation. Throws it when the time is over. */
export function timeLimitOf(allowance: RequestAllowance | undefined): TimeLimit | null {
  if (!allowance) return null
  const ms = allowance.remainingMs
  const error = () => new RequestRejected(allowance.timeoutError())
  if (ms <= 0) throw error()
  return { ms, error }
}
