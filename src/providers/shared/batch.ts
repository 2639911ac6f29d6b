import type { Batch } from '../../domain/adapter.ts'
import { ChatError, isNotFound } from '../../domain/errors.ts'

/**
 * Reads a batch from a provider that has no request by ids: one request each, all at once (the HTTP client bounds how many are
 * in flight). What is absent or not the caller's is null; a failure concerns its own id only.
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
