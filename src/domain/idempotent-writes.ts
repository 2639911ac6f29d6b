/**
 * Does a write that has an idempotency key once, however often the key comes and to whichever process. Adapters use it
 * for writes whose repetition their provider does not recognise.
 */
export interface IdempotentWrites {
  /**
   * Does the write, or answers the record of an earlier one. Throws CONFLICT for a key that was used with another
   * input, and OUTCOME_UNKNOWN while it is not known whether an earlier attempt was done. A write that throws any other
   * ChatError was not done, and may be tried again under its key.
   */
  run(write: IdempotentWrite): Promise<string>
}

/** A write with an idempotency key. Records are texts of the adapter's own; they are kept encrypted. */
export interface IdempotentWrite {
  /** The configured name of the provider. */
  readonly provider: string
  /** What the key belongs to: operation, room, kind of caller. */
  readonly scope: readonly (string | null)[]
  readonly idempotencyKey: string
  /** The rest of the input. */
  readonly input: readonly (string | null)[]
  /** Does it, and gives the record by which it is found again. */
  execute(attempt: WriteAttempt): Promise<string>
  /** Null where the provider recognises the repetition: after an unknown outcome the write is simply done again. */
  readonly reconcile: Reconciliation | null
}

/** How an attempt of unknown outcome is followed up at a provider that recognises no repetition. */
export interface Reconciliation {
  /** Finds what the attempt did, by what it had noted; null where there is nothing. */
  find(noted: string | null): Promise<string | null>
  /**
   * For how many milliseconds the attempt's request may still be carried out, after it ended in `error`, or, where that
   * is null, its process died. Until then nothing is sent again.
   */
  mayCompleteWithinMs(error: unknown): number
}

/** One attempt to do a write. */
export interface WriteAttempt {
  /** What an earlier attempt that came to nothing had noted. */
  readonly earlierRecord: string | null
  /** Keeps what `find` needs, before the request goes out. */
  saveRecord(record: string): Promise<void>
  /** Throws where this process may have been replaced meanwhile: call it right before the request goes out. */
  assertNotReplaced(): void
}
