import { GatewayError, type Outcome } from '@switchboard/client'

/** A mutation that did not succeed. */
export interface Failure {
  /** The gateway's error code; null if it sent no response. */
  readonly code: string | null
  /** The gateway's explanation; null if it sent no response. */
  readonly detail: string | null
  /** Milliseconds after which a new attempt can succeed; null if unknown. */
  readonly retryAfterMs: number | null
}

/** The failure of a mutation; null if it succeeded. */
export function failureOf(outcome: Outcome<unknown>): Failure | null {
  if (outcome.status === 'done') return null
  const error = outcome.status === 'aborted' ? null : outcome.error
  if (!(error instanceof GatewayError)) return { code: null, detail: null, retryAfterMs: null }
  return { code: error.code, detail: error.message, retryAfterMs: error.retryAfterMs }
}

/** Whether the mutation may have been carried out: the response to it is missing. */
export function isOutcomeUnknown({ code }: Failure): boolean {
  return code === null || code === 'OUTCOME_UNKNOWN'
}
