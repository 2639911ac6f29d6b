/** A process claims an idempotency key to execute its write. */
export interface IdempotencyKeyClaim {
  /** Hash of the key and its scope. */
  readonly id: string
  /** Hash of the input. */
  readonly fingerprint: string
  readonly worker: string
  /** Milliseconds during which the request of a dead worker may still reach the provider. */
  readonly mayCompleteWithinMs: number
}

/**
 * State of a key. `attempt` is the number of an attempt to execute the write; `record` is what the attempt saved before or
 * after it, as its provider's adapter encodes it.
 */
export type IdempotencyKeyState =
  /** The key is new or was released: the caller executes the write. */
  | { readonly state: 'claimed'; readonly attempt: number }
  /** The key was used with another input. */
  | { readonly state: 'conflict' }
  /** A live process is executing the write. */
  | { readonly state: 'pending' }
  /** It is unknown whether the write was executed; after `mayCompleteWithinMs` it can no longer be. */
  | {
      readonly state: 'unknown'
      readonly attempt: number
      readonly record: string | null
      readonly mayCompleteWithinMs: number
    }
  | { readonly state: 'done'; readonly record: string }

/** An attempt to execute the write of a key. */
export interface IdempotencyKeyAttempt {
  readonly id: string
  readonly attempt: number
}

/**
 * Stores idempotency keys with their owner and outcome. Several processes may use one store at the same time. A method
 * that changes an attempt has no effect if another process has taken the key over since.
 */
export interface IdempotencyKeyStore {
  /** Claims an unused key, or returns the state of a used one. The claim survives a power failure. */
  claim(request: IdempotencyKeyClaim): Promise<IdempotencyKeyState>
  /** Replaces an attempt of unknown outcome by another one; null if another process did so first. */
  takeOver(attempt: IdempotencyKeyAttempt, worker: string): Promise<IdempotencyKeyAttempt | null>
  /** Saves what is needed to find the result of the attempt, before it is executed. Survives a power failure. */
  saveRecord(attempt: IdempotencyKeyAttempt, record: string): Promise<void>
  /** Records that the write was executed. */
  complete(attempt: IdempotencyKeyAttempt, record: string): Promise<void>
  /** Records that the outcome is unknown; after `mayCompleteWithinMs` the write can no longer be executed. */
  markUnknown(attempt: IdempotencyKeyAttempt, mayCompleteWithinMs: number): Promise<void>
  /** Records that the write was certainly not executed: the key can be claimed again. */
  release(attempt: IdempotencyKeyAttempt): Promise<void>
}
