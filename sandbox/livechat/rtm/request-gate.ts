/** Lets requests through, or keeps them waiting, as a busy server does. */
export class RequestGate {
  #waiting: (() => void)[] | null = null

  /** Runs `work` now, or when the requests are released. */
  pass(work: () => void): void {
    if (this.#waiting) this.#waiting.push(work)
    else work()
  }

  /** Keeps requests waiting until the returned function is called. */
  hold(): () => void {
    this.#waiting ??= []
    return () => {
      const waiting = this.#waiting ?? []
      this.#waiting = null
      for (const work of waiting) work()
    }
  }
}
