import { outcomeUnknown } from './errors.ts'

/** A write, and how to see afterwards whether it was done. */
export interface ReconciledWrite<T> {
  /** The provider's configured name. */
  readonly provider: string
  write(): Promise<T>
  /** Returns what the write leaves behind, or null if that is not there. */
  readBack(): Promise<T | null>
  /** How often the write may be sent: once, unless the server recognizes a repetition. */
  readonly maxAttempts?: number
}

/** What an error of one provider says about the write that failed with it. */
export interface WriteErrorRules {
  /** The write may have been done: the response was lost, or the server failed half-way. */
  mayHaveBeenProcessed(error: unknown): boolean
  /** The write may be done later: nothing shows that the server is finished with it. */
  mayStillBeProcessed(error: unknown): boolean
  /** The server rejected the write without a known reason. A repeated id gets such a response, so what it left behind is read. */
  isUnexplained?(error: unknown): boolean
}

/**
 * Creates a function that runs a write to a known end: after a lost response it reads what the write leaves behind. That
 * function throws the provider's error, or OUTCOME_UNKNOWN if the end cannot be known.
 */
export function createWriteReconciler({
  mayHaveBeenProcessed,
  mayStillBeProcessed,
  isUnexplained = () => false,
}: WriteErrorRules) {
  return async <T>({ provider, write, readBack, maxAttempts = 1 }: ReconciledWrite<T>): Promise<T> => {
    // An attempt that may still be processed, whatever the result of a later one.
    let pending: unknown = null
    for (let attemptsLeft = maxAttempts - 1; ; attemptsLeft -= 1) {
      try {
        return await write()
      } catch (error) {
        if (mayStillBeProcessed(error)) pending = error
        const isLost = mayHaveBeenProcessed(error)
        if (!isLost && !isUnexplained(error) && pending === null) throw error
        const found = await readBack().catch(() => {
          // The cause is the write's own error: from it follows how long the write may still be processed.
          throw isLost || pending !== null ? outcomeUnknown(provider, pending ?? error) : error
        })
        if (found !== null) return found
        if (isLost && attemptsLeft > 0) continue
        throw pending === null ? error : outcomeUnknown(provider, pending)
      }
    }
  }
}

/**
 * Creates a function that sends a write whose repetition changes nothing, of which nothing can be read back. After a lost
 * response it sends the write once more. If that fails too, the first one may still have been done: OUTCOME_UNKNOWN.
 */
export function createRepeatableWriteSender(mayHaveBeenProcessed: (error: unknown) => boolean) {
  return async (provider: string, write: () => Promise<unknown>): Promise<void> => {
    try {
      await write()
    } catch (error) {
      if (!mayHaveBeenProcessed(error)) throw error
      await write().catch(() => {
        throw outcomeUnknown(provider, error)
      })
    }
  }
}
