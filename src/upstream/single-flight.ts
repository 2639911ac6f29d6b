interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiting: number
}

/**
 * Calls with the same key that overlap share one run. A caller who leaves stops waiting at once; the run is
 * aborted when its last caller has left.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>()

  /** Whether a run is under way for `key`. */
  has(key: string): boolean {
    return this.#flights.has(key)
  }

  /** Joins the run under way for `key`, or starts `work`. Rejects with the signal's reason on abort. */
  async run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    const flight = this.#flights.get(key) ?? this.#start(key, work)
    flight.waiting += 1
    let leave: () => void = () => {}
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
    })
    try {
      return await Promise.race([flight.result, left])
    } finally {
      signal.removeEventListener('abort', leave)
      flight.waiting -= 1
      if (flight.waiting === 0) this.#abandon(key, flight)
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const result = work(controller.signal)
    const flight: Flight<T> = { result, controller, waiting: 0 }
    this.#flights.set(key, flight)
    const land = () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    }
    result.then(land, land)
    return flight
  }

  #abandon(key: string, flight: Flight<T>): void {
    // Somebody who comes now must not join a run that is being aborted.
    if (this.#flights.get(key) !== flight) return
    this.#flights.delete(key)
    flight.controller.abort()
  }
}
