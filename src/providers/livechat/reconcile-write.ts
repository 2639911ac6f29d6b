import { outcomeUnknown } from '../shared/errors.ts'
import { mayHaveBeenProcessed, mayStillBeProcessed } from './api-error.ts'

/**
 * Runs a write to its known end: after an answer that was lost, what it would have left behind is looked for;
 * null says that it is not there. LiveChat recognises no repetition, so nothing is sent twice. Throws the
 * refusal, or OUTCOME_UNKNOWN where the end cannot be known.
 */
export async function reconcileWrite<T>(
  provider: string,
  write: () => Promise<T>,
  readBack: () => Promise<T | null>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!mayHaveBeenProcessed(error)) throw error
    const found = await readBack().catch(() => {
      throw outcomeUnknown(provider, error)
    })
    if (found !== null) return found
    throw mayStillBeProcessed(error) ? outcomeUnknown(provider, error) : error
  }
}
