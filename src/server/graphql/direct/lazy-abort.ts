/**
 * An abort controller whose signal is created when it is first used. Most requests end without it, and creating a signal takes
 * longer than reading the headers of a request.
 */
export class LazyAbort {
  #controller: AbortController | null = null
  #listener: (() => void) | null = null
  #isAborted = false

  get isAborted(): boolean {
    return this.#isAborted
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.#isAborted) this.#controller.abort()
    }
    return this.#controller.signal
  }

  /** Sets the listener that `abort` calls, without a signal. There is one at most; null removes it. */
  setListener(listener: (() => void) | null): void {
    this.#listener = listener
  }

  abort(): void {
    if (this.#isAborted) return
    this.#isAborted = true
    this.#controller?.abort()
    this.#listener?.()
  }
}
