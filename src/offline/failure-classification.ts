import { ChatError, type ErrorCode } from '../domain/errors.ts'
import type { AttemptOutcome } from './offline-store.ts'

/** Errors after which the message has certainly not arrived and the same request may succeed later. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'PROVIDER_UNAVAILABLE'])

const FIRST_BACKOFF_MS = 5_000
const BACKOFF_FACTOR = 3.2
const MAX_BACKOFF_MS = 6 * 3_600_000
/** Relative jitter, so that messages that failed together are not retried together. */
const JITTER = 0.2

/** A failed delivery attempt. */
export interface FailedAttempt {
  readonly error: unknown
  /**
   * Attempts since the message was accepted or last requeued by an operator, including this one, less one per restart of a
   * process while it waited for a retry.
   */
  readonly attempts: number
  /** After this many attempts the message is given up. */
  readonly maxAttempts: number
  readonly now: number
}

/**
 * Decides the next state of a message after a failed attempt. A message that may have arrived is not sent again, because
 * neither provider recognizes a repetition; only errors that prove the opposite are retried.
 */
export function classifyFailure({ error, attempts, maxAttempts, now }: FailedAttempt): AttemptOutcome {
  if (!(error instanceof ChatError)) {
    return { state: 'UNCONFIRMED', error: 'The attempt was aborted; the message may have arrived.' }
  }
  if (error.code === 'OUTCOME_UNKNOWN') return { state: 'UNCONFIRMED', error: error.message }
  if (!RETRYABLE.has(error.code)) return { state: 'FAILED', error: error.message }
  if (error.unsent) return requeue(error, now + (error.retryAfterMs ?? FIRST_BACKOFF_MS))
  if (attempts >= maxAttempts)
    return { state: 'FAILED', error: `Given up after ${attempts} attempts: ${error.message}` }
  return requeue(error, now + retryDelayMs(attempts, error.retryAfterMs))
}

/** The first retry follows the provider's wait exactly; later ones are never sooner than the backoff. */
function retryDelayMs(attempts: number, retryAfterMs: number | null): number {
  if (attempts === 1 && retryAfterMs !== null) return retryAfterMs
  return Math.max(backoffMs(attempts), retryAfterMs ?? 0)
}

function requeue({ message, unsent }: ChatError, retryAt: number): AttemptOutcome {
  return { state: 'QUEUED', error: message, nextAttemptAt: new Date(retryAt), unsent }
}

/** Exponential backoff after this many attempts: the default of twelve attempts spans about a day. */
export function backoffMs(attempts: number): number {
  const ms = Math.min(FIRST_BACKOFF_MS * BACKOFF_FACTOR ** (attempts - 1), MAX_BACKOFF_MS)
  return Math.round(ms * (1 - JITTER + 2 * JITTER * Math.random()))
}
