/** The maximum delay of a timer; a longer one would fire immediately. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** A sleep that can be ended early. Only one caller can sleep at a time; `wake` without a sleeper does nothing. */
export class InterruptibleSleep {
  #wake: () => void = () => {}

  /** Ends the current sleep. */
  wake(): void {
    this.#wake()
  }

  /** Resolves after `ms` milliseconds, or on `wake`. */
  async sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      // A timer cuts off fractions: what is due in half a millisecond would not be due yet.
      const timer = setTimeout(resolve, Math.min(Math.ceil(ms), MAX_TIMER_MS))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => {}
  }
}
