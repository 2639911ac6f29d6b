const SECONDS_KEPT = 60

/** Counts calls by the second, a minute back. Times are milliseconds of a clock that never goes back. */
export class SlidingCounter {
  readonly #counts = new Array<number>(SECONDS_KEPT).fill(0)
  #second = 0

  /** Counts one call. */
  add(now: number): void {
    this.#forget(now)
    const place = this.#second % SECONDS_KEPT
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
  }

  /** How many were counted within the last `ms`, a minute at most, to the second. */
  countInLast(ms: number, now: number): number {
    this.#forget(now)
    const seconds = Math.min(SECONDS_KEPT, Math.ceil(ms / 1000))
    let sum = 0
    for (let back = 0; back < seconds; back += 1) {
      sum += this.#counts[(this.#second - back + SECONDS_KEPT) % SECONDS_KEPT] ?? 0
    }
    return sum
  }

  #forget(now: number): void {
    const second = Math.floor(now / 1000)
    const passed = Math.min(second - this.#second, SECONDS_KEPT)
    for (let ahead = 0; ahead < passed; ahead += 1) this.#counts[(second - ahead) % SECONDS_KEPT] = 0
    this.#second = second
  }
}
