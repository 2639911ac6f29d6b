import { outcomeUnknown } from '../shared/errors.ts'
import { mayHaveBeenProcessed, mayStillBeProcessed, RocketChatError } from './errors.ts'

/** A write, and how to see afterwards whether it was done. */
export interface ReconciledWrite<T> {
  /** The configured name of the provider. */
  readonly provider: string
  write(): Promise<T>
  /** What the write would have left behind, or null where that is not there. */
  readBack(): Promise<T | null>
  /** How often it may be sent: once, but where the server recognises the repetition. */
  readonly maxAttempts?: number
}

/**
 * Runs a write to its known end: after an answer that was lost, or a refusal that says nothing, what it would
 * have left behind is looked for. Throws the refusal, or OUTCOME_UNKNOWN where the end cannot be known.
 */
export async function reconcileWrite<T>({
  provider,
  write,
  readBack,
  maxAttempts: tries = 1,
}: ReconciledWrite<T>): Promise<T> {
  // A try that may yet be carried out, however a later one ends.
  let pending: unknown = null
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await write()
    } catch (error) {
      if (mayStillBeProcessed(error)) pending = error
      const lost = mayHaveBeenProcessed(error)
      if (!lost && !isUnexplainedError(error) && pending === null) throw error
      const found = await readBack().catch((cause: unknown) => {
        throw lost || pending !== null ? outcomeUnknown(provider, cause) : error
      })
      if (found !== null) return found
      if (lost && left > 0) continue
      throw pending === null ? error : outcomeUnknown(provider, pending)
    }
  }
}

/** A refusal in which the server names no reason it knows: what a repeated id gets, among others. */
export function isUnexplainedError(error: unknown): boolean {
  return error instanceof RocketChatError && error.status === 400 && error.code === ''
}
