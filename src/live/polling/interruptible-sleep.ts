/** What a timer can hold; a longer one would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** A wait that can be cut short. One at a time; ringing while nobody waits does nothing. */
export class InterruptibleSleep {
  #ring: () => void = () => {}

  /** Ends the wait under way. */
  wake(): void {
    this.#ring()
  }

  /** Resolves after `ms` milliseconds, or when rung. */
  async sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS))
      this.#ring = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#ring = () => {}
  }
}
