import { LRUCache } from 'lru-cache'

/** Reads the clock at each call: `lru-cache` itself keeps the `performance` of its first load, which fake timers replace. */
export const clock = { now: () => performance.now() }

/** Values by key, each kept for a limited time; the least recently used are removed when there are too many. */
export class TtlCache<T> {
  readonly #entries: LRUCache<string, { readonly value: T }>

  constructor(ttlMs: number, maxEntries: number) {
    // Bounded by size, not by `max`, which reserves memory for all entries at once.
    this.#entries = new LRUCache({ ttl: ttlMs, maxSize: maxEntries, sizeCalculation: () => 1, perf: clock })
  }

  /** Returns the value of a key, or undefined for an absent or expired one. */
  get(key: string): T | undefined {
    return this.#entries.get(key)?.value
  }

  set(key: string, value: T): void {
    this.#entries.set(key, { value })
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
