import type { Batch } from '../../domain/adapter.ts'
import { ChatError, isNotFound } from '../../domain/errors.ts'

/**
 * Answers a batch where the provider has no call by ids: one call each, all at once (the door bounds how many
 * are under way). What is absent or not the caller's is null, a failure costs its own id only.
 */
export function readEach<Id, T>(ids: readonly Id[], read: (id: Id) => Promise<T | null>): Promise<Batch<T>> {
  return Promise.all(
    ids.map(async (id) => {
      try {
        return await read(id)
      } catch (error) {
        if (isNotFound(error)) return null
        if (error instanceof ChatError) return error
        throw error
      }
    }),
  )
}
