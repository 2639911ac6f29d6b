/** A wait that can be cut short. One at a time; ringing while nobody waits does nothing. */
export class Alarm {
  #ring: () => void = () => {}

  /** Ends the wait under way. */
  ring(): void {
    this.#ring()
  }

  /** Resolves after `ms` milliseconds, or when rung. */
  async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#ring = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#ring = () => {}
  }
}
