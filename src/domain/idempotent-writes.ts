/**
 * Executes a write that has an idempotency key at most once, however often the key arrives and at whichever process.
 * Adapters use it for writes that their provider does not deduplicate.
 */
export interface IdempotentWrites {
  /**
   * Executes the write, or returns the record of an earlier execution. Throws CONFLICT for a key that was used with
   * another input, and OUTCOME_UNKNOWN while the result of an earlier attempt is not known. Any other ChatError means
   * that the write was not executed and can be tried again with the same key.
   */
  run(write: IdempotentWrite): Promise<string>
}

/** A write with an idempotency key. Records are opaque texts of the adapter; they are stored encrypted. */
export interface IdempotentWrite {
  /** The configured name of the provider. */
  readonly provider: string
  /** What the key belongs to: operation, room, kind of caller. */
  readonly scope: readonly (string | null)[]
  readonly idempotencyKey: string
  /** The rest of the input. */
  readonly input: readonly (string | null)[]
  /** Executes the write and returns the record by which its result can be found again. */
  execute(attempt: WriteAttempt): Promise<string>
  /**
   * Null where the provider deduplicates, or `execute` finds the result of an earlier attempt: after an unknown outcome the write is
   * executed again.
   */
  readonly reconcile: Reconciliation | null
}

/** Resolves an attempt of unknown outcome at a provider that does not deduplicate. */
export interface Reconciliation {
  /** Finds the result of the attempt by the record that it saved; null where there is none. */
  find(savedRecord: string | null): Promise<string | null>
  /**
   * For how many milliseconds the attempt's request may still take effect after it ended in `error`, or, where that is
   * null, after its process died. Until then nothing is sent again.
   */
  mayCompleteWithinMs(error: unknown): number
}

/** One attempt at a write. */
export interface WriteAttempt {
  /** The record that an earlier, unsuccessful attempt saved. */
  readonly earlierRecord: string | null
  /** Saves what `find` needs, before the request is sent. */
  saveRecord(record: string): Promise<void>
  /** Throws where another process may have taken over meanwhile. Call it right before the request is sent. */
  assertNotReplaced(): void
}
