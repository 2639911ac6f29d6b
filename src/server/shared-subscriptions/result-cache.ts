import { LRUCache } from 'lru-cache'
import type { SharedResult } from './shared-result.ts'

const MAX_BYTES = 1024 * 1024
/** The size that a small result is counted with, so that the cache holds at most 256. */
const MIN_ENTRY_BYTES = MAX_BYTES / 256
/** Milliseconds for which a result that needed upstream requests is still current for subscribers that come later. */
const FRESH_MS = 1_000

/** Caches the results of recent events. Only results that needed upstream requests become stale. */
export class ResultCache<Event extends object> {
  // Without `max`, which would reserve memory for all entries of every subscription in advance.
  readonly #results = new LRUCache<Event, SharedResult | Promise<SharedResult>>({ maxSize: MAX_BYTES })

  /** Returns the result of an event, which `execute` creates once. A promise from `execute` must not reject. */
  get(
    event: Event,
    execute: () => SharedResult | Promise<SharedResult>,
  ): SharedResult | Promise<SharedResult> {
    const cached = this.#results.get(event)
    if (cached) return cached
    const result = execute()
    if (result instanceof Promise) this.#addPending(event, result)
    else this.#results.set(event, result, { size: sizeOf(result) })
    return result
  }

  #addPending(event: Event, pending: Promise<SharedResult>): void {
    const lifetime = { ttl: FRESH_MS, start: performance.now() }
    this.#results.set(event, pending, { ...lifetime, size: MIN_ENTRY_BYTES })
    void pending.then((result) => {
      if (this.#results.peek(event) !== pending) return
      this.#results.set(event, result, { ...lifetime, size: sizeOf(result) })
    })
  }
}

function sizeOf({ payload }: SharedResult): number {
  return Math.max(MIN_ENTRY_BYTES, payload.length)
}
