/** Values by key, each held for a while; where there are too many, the oldest go. */
export class TtlCache<T> {
  readonly #lifetimeMs: number
  readonly #most: number
  readonly #held = new Map<string, { readonly value: T; readonly until: number }>()

  constructor(lifetimeMs: number, most: number) {
    this.#lifetimeMs = lifetimeMs
    this.#most = most
  }

  /** What is held under the key, or undefined where nothing is or its time is over. */
  get(key: string): T | undefined {
    const entry = this.#held.get(key)
    return entry && performance.now() < entry.until ? entry.value : undefined
  }

  /** Forgets what is held under the key. */
  delete(key: string): void {
    this.#held.delete(key)
  }

  /** Holds a value under the key from now on. */
  set(key: string, value: T): void {
    // Taken out first: a map keeps the order of insertion, and by that the oldest is known.
    this.#held.delete(key)
    this.#held.set(key, { value, until: performance.now() + this.#lifetimeMs })
    const [oldest] = this.#held.keys()
    if (this.#held.size > this.#most && oldest !== undefined) this.#held.delete(oldest)
  }
}
