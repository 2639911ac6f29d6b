import type { Caller } from '../../domain/caller.ts'

/** A finished query or mutation, or the start of a subscription. */
export interface OperationReport {
  /** `invalid` for a document that is not executed. */
  readonly type: 'query' | 'mutation' | 'subscription' | 'invalid'
  /** As its client chose it; null if it has none. */
  readonly name: string | null
  readonly caller: Caller
  /** `OK`, or the code of its first error. */
  readonly code: string
  /** Duration of a query or mutation; null for others. */
  readonly seconds: number | null
}

/** Receives reports of operations, for metrics and the log. */
export type ObserveOperation = (report: OperationReport) => void
