/**
 * Work with the same key that is under way is done once, for all who ask. Unlike a shared read it is begun for
 * good: it runs under no caller's signal, since a write that one caller leaves may be another's.
 */
export class InFlightMap<T> {
  readonly #begun = new Map<string, Promise<T>>()

  /** Joins the work under way for `key`, or begins it. */
  join(key: string, begin: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const known = this.#begun.get(key)
    if (known !== undefined) return known
    const begun = begin(new AbortController().signal)
    this.#begun.set(key, begun)
    const land = () => void this.#begun.delete(key)
    begun.then(land, land)
    return begun
  }
}
