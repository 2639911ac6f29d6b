const SECONDS_KEPT = 60

/** Counts requests per second over the last minute. Times are milliseconds of a monotonic clock. */
export class SlidingCounter {
  readonly #counts = new Array<number>(SECONDS_KEPT).fill(0)
  #second = 0

  /** Counts one request. */
  add(now: number): void {
    this.#advance(now)
    const index = this.#second % SECONDS_KEPT
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
  }

  /** Number of requests within the last `ms`, at most a minute, with a resolution of one second. */
  countInLast(ms: number, now: number): number {
    this.#advance(now)
    const seconds = Math.min(SECONDS_KEPT, Math.ceil(ms / 1000))
    let sum = 0
    for (let back = 0; back < seconds; back += 1) {
      sum += this.#counts[(this.#second - back + SECONDS_KEPT) % SECONDS_KEPT] ?? 0
    }
    return sum
  }

  /** Clears the counts of the seconds that have passed since the last call. */
  #advance(now: number): void {
    const second = Math.floor(now / 1000)
    const passed = Math.min(second - this.#second, SECONDS_KEPT)
    for (let back = 0; back < passed; back += 1) this.#counts[(second - back) % SECONDS_KEPT] = 0
    this.#second = second
  }
}
