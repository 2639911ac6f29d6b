import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

const EVERY_MS = 12_000
const SLOTS = 48

/** Who shows that it lives, and is asked whether its peer does. */
export interface KeepAliveTarget {
  /** Called every 12 seconds. */
  ping(): void
}

/** One timer for all connections, whose beats it spreads: ten thousand pings at once would hold up everything else. */
export class KeepAlive {
  readonly #beatOf: (living: KeepAliveTarget) => void
  readonly #slots: readonly Set<KeepAliveTarget>[] = Array.from(
    { length: SLOTS },
    () => new Set<KeepAliveTarget>(),
  )
  readonly #slotOf = new Map<KeepAliveTarget, Set<KeepAliveTarget>>()
  #timer: NodeJS.Timeout | null = null
  #next = 0
  #beating = 0

  constructor(unexpected: UnexpectedErrors) {
    this.#beatOf = unexpected.guard('keep_alive', (living) => living.ping())
  }

  /** Beats for it from now on. */
  add(living: KeepAliveTarget): void {
    const slot = this.#slots[this.#next++ % SLOTS]
    if (!slot) return
    slot.add(living)
    this.#slotOf.set(living, slot)
    this.#timer ??= setInterval(() => this.#beat(), EVERY_MS / SLOTS)
  }

  /** Beats for it no more. */
  remove(living: KeepAliveTarget): void {
    this.#slotOf.get(living)?.delete(living)
    this.#slotOf.delete(living)
    if (this.#slotOf.size > 0 || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }

  #beat(): void {
    for (const living of [...(this.#slots[this.#beating++ % SLOTS] ?? [])]) this.#beatOf(living)
  }
}
