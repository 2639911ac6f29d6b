import { ChatError, type ErrorCode } from '../domain/errors.ts'
import type { AttemptOutcome } from './offline-store.ts'

/** After these the message has certainly not arrived, and the same request may succeed later. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'PROVIDER_UNAVAILABLE'])

const FIRST_WAIT_MS = 5_000
const GROWTH = 3.2
const LONGEST_WAIT_MS = 6 * 3_600_000
/** A wait is up to so much shorter or longer: what failed together does not come back together. */
const JITTER = 0.2

/** What a failed attempt is judged by. */
export interface FailedAttempt {
  readonly error: unknown
  /** Attempts since the message was accepted or last put back by hand, this one included. */
  readonly attempts: number
  /** After so many tries it is given up. */
  readonly maxAttempts: number
  readonly now: number
}

/**
 * What becomes of a message whose attempt failed. Whatever is not known to have failed before it arrived counts as
 * possibly arrived, and is not repeated: neither provider would notice that it is the same.
 */
export function classifyFailure({
  error,
  attempts: tries,
  maxAttempts: maxTries,
  now,
}: FailedAttempt): AttemptOutcome {
  if (!(error instanceof ChatError)) {
    return { state: 'UNCONFIRMED', error: 'The attempt broke off; it may have arrived.' }
  }
  if (error.code === 'OUTCOME_UNKNOWN') return { state: 'UNCONFIRMED', error: error.message }
  if (!PASSING.has(error.code)) return { state: 'FAILED', error: error.message }
  if (error.unsent) return waiting(error, now + (error.retryAfterMs ?? FIRST_WAIT_MS))
  if (tries >= maxTries)
    return { state: 'FAILED', error: `Given up after ${tries} attempts: ${error.message}` }
  return waiting(error, now + waitAfter(tries, error.retryAfterMs))
}

/** The first time the provider knows best; from then on it is spared, whatever it says. */
function waitAfter(tries: number, askedForMs: number | null): number {
  if (tries === 1 && askedForMs !== null) return askedForMs
  return Math.max(backoffMs(tries), askedForMs ?? 0)
}

function waiting({ message, unsent }: ChatError, until: number): AttemptOutcome {
  return { state: 'QUEUED', error: message, nextAttemptAt: new Date(until), unsent }
}

/** Milliseconds to wait after so many tries: twelve of them, the default, are spread over about a day. */
export function backoffMs(tries: number): number {
  const wait = Math.min(FIRST_WAIT_MS * GROWTH ** (tries - 1), LONGEST_WAIT_MS)
  return Math.round(wait * (1 - JITTER + 2 * JITTER * Math.random()))
}
