/** The request of a process to do the write of an idempotency key. */
export interface IdempotencyKeyClaim {
  /** Hash of the key and of what it belongs to. */
  readonly id: string
  /** Hash of the input. */
  readonly fingerprint: string
  readonly worker: string
  /** How long, in milliseconds, the request of a worker that died may still reach the provider. */
  readonly mayCompleteWithinMs: number
}

/**
 * The state of a key. `attempt` distinguishes one attempt to write from another; `record` is what the attempt noted
 * before it or recorded after it, as its provider's adapter encodes it.
 */
export type IdempotencyKeyState =
  /** The key is new, or nothing came of it before: the caller does the write. */
  | { readonly state: 'claimed'; readonly attempt: number }
  /** The key was used with another input. */
  | { readonly state: 'conflict' }
  /** A process that lives is doing the write. */
  | { readonly state: 'pending' }
  /** Whether the write was done is unknown; after `landsInMs` it will not be done any more. */
  | {
      readonly state: 'unknown'
      readonly attempt: number
      readonly record: string | null
      readonly mayCompleteWithinMs: number
    }
  | { readonly state: 'done'; readonly record: string }

/** An attempt to do the write of a key. */
export interface IdempotencyKeyAttempt {
  readonly id: string
  readonly attempt: number
}

/**
 * Keeps which idempotency keys were used, by whom and with what outcome. Several processes may use one store at once.
 * A method that changes an attempt does nothing where another process has taken the key over since.
 */
export interface IdempotencyKeyStore {
  /** Claims a key that is free; else answers its state. What it answers survives a power cut. */
  claim(request: IdempotencyKeyClaim): Promise<IdempotencyKeyState>
  /** Begins another attempt in place of one whose outcome is unknown; null where another process did so first. */
  takeOver(attempt: IdempotencyKeyAttempt, worker: string): Promise<IdempotencyKeyAttempt | null>
  /** Keeps what is needed to find out what the attempt did, before it does it. Survives a power cut. */
  saveRecord(attempt: IdempotencyKeyAttempt, record: string): Promise<void>
  /** The write was done. */
  complete(attempt: IdempotencyKeyAttempt, record: string): Promise<void>
  /** It is unknown whether the write was done; after `landsInMs` it will not be done any more. */
  markUnknown(attempt: IdempotencyKeyAttempt, landsInMs: number): Promise<void>
  /** The write was certainly not done: the key is free again. */
  release(attempt: IdempotencyKeyAttempt): Promise<void>
}
