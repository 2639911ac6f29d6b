import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

interface Window {
  readonly timer: NodeJS.Timeout
  again: boolean
}

/**
 * Lets something be done for a key at once, and then at most once in so many milliseconds, however often it is
 * asked for. What is asked for in between is done once more when they are over: nothing is forgotten.
 */
export class KeyedThrottle {
  readonly #windowMs: number
  readonly #unexpected: UnexpectedErrors
  readonly #windows = new Map<string, Window>()

  constructor(windowMs: number, unexpected: UnexpectedErrors) {
    this.#windowMs = windowMs
    this.#unexpected = unexpected
  }

  /** Does it now, or at the end of the key's window. */
  run(key: string, act: () => void): void {
    const open = this.#windows.get(key)
    if (open) open.again = true
    else this.#act(key, act)
  }

  /** Drops what waits. */
  close(): void {
    for (const { timer } of this.#windows.values()) clearTimeout(timer)
    this.#windows.clear()
  }

  #act(key: string, act: () => void): void {
    const endWindow = this.#unexpected.guard('webhook', () => {
      const again = this.#windows.get(key)?.again ?? false
      this.#windows.delete(key)
      if (again) this.#act(key, act)
    })
    const timer = setTimeout(endWindow, this.#windowMs).unref()
    this.#windows.set(key, { timer, again: false })
    act()
  }
}
