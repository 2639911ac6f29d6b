import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

const INTERVAL_MS = 12_000
const SLOTS = 48

/** A connection that is pinged at a regular interval. */
export interface KeepAliveTarget {
  /** Called every 12 seconds: shows the peer that the connection is alive, and checks whether the peer is. */
  ping(): void
}

/** Pings all connections from one timer, spread over the interval: ten thousand at once would block the event loop. */
export class KeepAlive {
  readonly #ping: (target: KeepAliveTarget) => void
  readonly #slots: readonly Set<KeepAliveTarget>[] = Array.from(
    { length: SLOTS },
    () => new Set<KeepAliveTarget>(),
  )
  readonly #slotByTarget = new Map<KeepAliveTarget, Set<KeepAliveTarget>>()
  #timer: NodeJS.Timeout | null = null
  #nextSlotToFill = 0
  #nextSlotToPing = 0

  constructor(unexpected: UnexpectedErrors) {
    this.#ping = unexpected.guard('keep_alive', (target) => target.ping())
  }

  /** Starts to ping a connection. */
  add(target: KeepAliveTarget): void {
    const slot = this.#slots[this.#nextSlotToFill++ % SLOTS]
    if (!slot) return
    slot.add(target)
    this.#slotByTarget.set(target, slot)
    this.#timer ??= setInterval(() => this.#pingNextSlot(), INTERVAL_MS / SLOTS)
  }

  /** Stops pinging a connection. */
  remove(target: KeepAliveTarget): void {
    this.#slotByTarget.get(target)?.delete(target)
    this.#slotByTarget.delete(target)
    if (this.#slotByTarget.size > 0 || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }

  #pingNextSlot(): void {
    for (const target of [...(this.#slots[this.#nextSlotToPing++ % SLOTS] ?? [])]) this.#ping(target)
  }
}
