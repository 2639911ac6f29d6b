import type { CombinedError } from 'urql'

/** A mutation that did not succeed. */
export interface Failure {
  /** The gateway's error code; null if it sent no response. */
  readonly code: string | null
  /** The gateway's explanation; null if it sent no response. */
  readonly detail: string | null
  /** Milliseconds after which a new attempt can succeed; null if unknown. */
  readonly retryAfterMs: number | null
}

/** What the results of all mutations have in common: those that failed have a code. */
interface MutationResult {
  readonly __typename: string
  readonly code?: string
  readonly detail?: string
  readonly retryAfterMs?: number | null
}

/** The failure of a mutation; null if it succeeded. */
export function failureOf(
  result: MutationResult | undefined,
  error: CombinedError | undefined,
): Failure | null {
  if (result?.code !== undefined) {
    const { code, detail = null, retryAfterMs = null } = result
    return { code, detail, retryAfterMs }
  }
  if (result) return null
  const [first] = error?.graphQLErrors ?? []
  if (!first) return { code: null, detail: null, retryAfterMs: null }
  const code = first.extensions['code']
  return { code: typeof code === 'string' ? code : '', detail: first.message, retryAfterMs: null }
}

/** Whether the mutation may have been carried out: the response to it is missing. */
export function isOutcomeUnknown({ code }: Failure): boolean {
  return code === null || code === 'OUTCOME_UNKNOWN'
}
