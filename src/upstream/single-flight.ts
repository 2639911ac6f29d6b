import { StopController, type StopSignal } from './stop-signal.ts'
import type { TimeLimit } from './time-limit.ts'

interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: StopController
  callers: number
}

/**
 * Overlapping calls with the same key share one run. A caller whose signal aborts, or whose time is over, stops waiting at
 * once; the run is aborted when its last caller has left.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>()

  /** Whether a run is in flight for `key`. */
  has(key: string): boolean {
    return this.#flights.has(key)
  }

  /**
   * Joins the run in flight for `key`, or starts `work`. Rejects with the signal's reason on abort, and with the limit's
   * error when the caller's time is over. All that a caller adds is one promise, one listener and one timer.
   */
  run(
    key: string,
    signal: AbortSignal,
    work: (signal: StopSignal) => Promise<T>,
    timeLimit: TimeLimit | null = null,
  ): Promise<T> {
    if (signal.aborted) return Promise.reject(signal.reason)
    const flight = this.#flights.get(key) ?? this.#start(key, work)
    flight.callers += 1
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
      }
      const leave = (reason: unknown) => {
        stop()
        flight.callers -= 1
        if (flight.callers === 0) this.#cancel(key, flight)
        reject(reason)
      }
      const abort = () => leave(signal.reason)
      const timer = timeLimit ? setTimeout(() => leave(timeLimit.error()), timeLimit.ms) : undefined
      signal.addEventListener('abort', abort, { once: true })
      flight.result.then(
        (value) => {
          stop()
          resolve(value)
        },
        (error) => {
          stop()
          reject(error)
        },
      )
    })
  }

  #start(key: string, work: (signal: StopSignal) => Promise<T>): Flight<T> {
    const controller = new StopController()
    const result = work(controller)
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
    flight.controller.abort(new Error('every caller has left'))
  }
}
