import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

interface Window {
  readonly timer: NodeJS.Timeout
  isRequestedAgain: boolean
}

/**
 * Throttles actions by key: runs an action at once, then at most once in each time window. If it is requested again
 * within a window, it runs once more at the window's end, so that no request is lost.
 */
export class KeyedThrottle {
  readonly #windowMs: number
  readonly #unexpected: UnexpectedErrors
  readonly #windows = new Map<string, Window>()

  constructor(windowMs: number, unexpected: UnexpectedErrors) {
    this.#windowMs = windowMs
    this.#unexpected = unexpected
  }

  /** Runs `act` now, or at the end of the key's window. */
  run(key: string, act: () => void): void {
    const open = this.#windows.get(key)
    if (open) open.isRequestedAgain = true
    else this.#runNow(key, act)
  }

  /** Drops actions that wait for the end of a window. */
  close(): void {
    for (const { timer } of this.#windows.values()) clearTimeout(timer)
    this.#windows.clear()
  }

  #runNow(key: string, act: () => void): void {
    const endWindow = this.#unexpected.guard('webhook', () => {
      const isRequestedAgain = this.#windows.get(key)?.isRequestedAgain ?? false
      this.#windows.delete(key)
      if (isRequestedAgain) this.#runNow(key, act)
    })
    const timer = setTimeout(endWindow, this.#windowMs).unref()
    this.#windows.set(key, { timer, isRequestedAgain: false })
    act()
  }
}
