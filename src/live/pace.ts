export interface PaceOptions {
  /** Milliseconds between two looks at an active room. */
  readonly activeMs: number
  /** Milliseconds between two looks at a quiet room, at most. */
  readonly idleMs: number
}

const SLOWING = 1.5
const JITTER = 0.1

/** When to look again: soon while something happens, ever more seldom while nothing does. */
export class Pace {
  readonly #options: PaceOptions
  #ms: number

  constructor(options: PaceOptions) {
    this.#options = options
    this.#ms = options.activeMs
  }

  /** Something happened, or somebody came: look soon again. */
  quicken(): void {
    this.#ms = this.#options.activeMs
  }

  /** Milliseconds until the next look; each call without `quicken` between makes the following one later. */
  next(): number {
    const ms = this.#ms
    this.#ms = Math.min(ms * SLOWING, Math.max(this.#options.idleMs, this.#options.activeMs))
    // Rooms that started together shall not keep asking together.
    return ms * (1 - JITTER + 2 * JITTER * Math.random())
  }
}
