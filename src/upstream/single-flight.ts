interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  callers: number
}

/**
 * Overlapping calls with the same key share one run. A caller whose signal aborts stops waiting at once; the run is
 * aborted when its last caller has left.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>()

  /** Whether a run is in flight for `key`. */
  has(key: string): boolean {
    return this.#flights.has(key)
  }

  /** Joins the run in flight for `key`, or starts `work`. Rejects with the signal's reason on abort. */
  async run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    const flight = this.#flights.get(key) ?? this.#start(key, work)
    flight.callers += 1
    let abort: () => void = () => {}
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal.reason)
      signal.addEventListener('abort', abort, { once: true })
    })
    try {
      return await Promise.race([flight.result, aborted])
    } finally {
      signal.removeEventListener('abort', abort)
      flight.callers -= 1
      if (flight.callers === 0) this.#cancel(key, flight)
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const result = work(controller.signal)
    const flight: Flight<T> = { result, controller, callers: 0 }
    this.#flights.set(key, flight)
    const remove = () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    }
    result.then(remove, remove)
    return flight
  }

  #cancel(key: string, flight: Flight<T>): void {
    // A new caller must not join a run that is being aborted.
    if (this.#flights.get(key) !== flight) return
    this.#flights.delete(key)
    flight.controller.abort()
  }
}
