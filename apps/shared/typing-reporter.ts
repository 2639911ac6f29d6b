/** Milliseconds after which "types" is repeated while it lasts: others see it end ten seconds after the last one. */
const REPEAT_MS = 4_000
/** Milliseconds without a key after which a person no longer types. */
const PAUSE_MS = 5_000

/** Reports that a person types: at the first key, every few seconds while it lasts, and its end. */
export class TypingReporter {
  readonly #send: (typing: boolean) => void
  #reportedAt: number | null = null
  #pause: ReturnType<typeof setTimeout> | undefined

  /** `send` reports the state; a report that fails is not repeated. */
  constructor(send: (typing: boolean) => void) {
    this.#send = send
  }

  /** The person has changed the text. */
  onInput(text: string): void {
    clearTimeout(this.#pause)
    if (text.trim() === '') {
      this.stop()
      return
    }
    this.#pause = setTimeout(() => this.stop(), PAUSE_MS)
    const now = performance.now()
    if (this.#reportedAt !== null && now - this.#reportedAt < REPEAT_MS) return
    this.#reportedAt = now
    this.#send(true)
  }

  /** The person has stopped, sent the text, or left. */
  stop(): void {
    clearTimeout(this.#pause)
    if (this.#reportedAt !== null) this.#send(false)
    this.#reportedAt = null
  }
}
