/**
 * Runs work with equal keys once for all callers that overlap. Unlike a shared read it runs under no caller's abort signal: a
 * write that one caller abandons may be another caller's.
 */
export class InFlightMap<T> {
  readonly #inFlight = new Map<string, Promise<T>>()

  /** Joins the work in flight for `key`, or starts it. */
  join(key: string, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const known = this.#inFlight.get(key)
    if (known !== undefined) return known
    const started = start(new AbortController().signal)
    this.#inFlight.set(key, started)
    const remove = () => void this.#inFlight.delete(key)
    started.then(remove, remove)
    return started
  }
}
