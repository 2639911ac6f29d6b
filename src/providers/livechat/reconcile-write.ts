import { outcomeUnknown } from '../shared/errors.ts'
import { mayHaveBeenProcessed, mayStillBeProcessed } from './errors.ts'

/**
 * Sends a write and determines its outcome. After a lost response `readBack` looks for the result; null means that it
 * is not there. LiveChat does not recognize repeated requests, so nothing is sent twice.
 * Throws the write's error, or OUTCOME_UNKNOWN if the outcome cannot be determined.
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
    const result = await readBack().catch(() => {
      throw outcomeUnknown(provider, error)
    })
    if (result !== null) return result
    throw mayStillBeProcessed(error) ? outcomeUnknown(provider, error) : error
  }
}
