import { type PushedSignal, TYPING_EXPIRES_MS } from '../../domain/signals.ts'

/** Signals of one sender that are delivered per window. */
const MAX_PER_WINDOW = 3
/** Milliseconds. */
const WINDOW_MS = 1_000

/**
 * Decides which signals of one sender in a room are delivered, and when: typing ends by itself, what a participant has seen
 * never goes back, and of more than three signals within a second only the newest of each type is delivered, later.
 */
export class SignalSender {
  readonly #deliver: (signal: PushedSignal) => void
  /** `performance.now()` of the last deliveries, oldest first. */
  #deliveredAt: readonly number[] = []
  /** The newest undelivered signal of each type. */
  readonly #waiting = new Map<PushedSignal['type'], PushedSignal>()
  #deliveryTimer: NodeJS.Timeout | null = null
  /** Runs while the sender types. */
  #typingTimer: NodeJS.Timeout | null = null
  #seenUpToMs = Number.NEGATIVE_INFINITY

  constructor(deliver: (signal: PushedSignal) => void) {
    this.#deliver = deliver
  }

  /** Whether it does not type, and nothing of it waits or counts for the current second. */
  get isIdle(): boolean {
    const [oldest] = this.#recentDeliveries()
    return this.#typingTimer === null && this.#waiting.size === 0 && oldest === undefined
  }

  /** Takes a signal as the provider pushed it. */
  accept(signal: PushedSignal): void {
    if (this.#isNews(signal)) this.#deliverOrWait(signal)
  }

  /** Stops the timers; nothing is delivered any more. */
  close(): void {
    this.#stopTyping()
    if (this.#deliveryTimer) clearTimeout(this.#deliveryTimer)
  }

  /** False for the end of typing that is already over, and for "seen" that is older than what is known. */
  #isNews(signal: PushedSignal): boolean {
    if (signal.type === 'Typing') return this.#updateTyping(signal)
    if (signal.type === 'Queue') return true
    const upToMs = signal.upTo.getTime()
    if (upToMs <= this.#seenUpToMs) return false
    this.#seenUpToMs = upToMs
    return true
  }

  #updateTyping(signal: Extract<PushedSignal, { type: 'Typing' }>): boolean {
    const wasTyping = this.#typingTimer !== null
    this.#stopTyping()
    if (!signal.typing) return wasTyping
    const expire = () => this.accept({ ...signal, typing: false })
    this.#typingTimer = setTimeout(expire, TYPING_EXPIRES_MS).unref()
    return true
  }

  #stopTyping(): void {
    if (this.#typingTimer) clearTimeout(this.#typingTimer)
    this.#typingTimer = null
  }

  #deliverOrWait(signal: PushedSignal): void {
    // A replaced signal moves to the end, so that signals are delivered in the order of their newest states.
    this.#waiting.delete(signal.type)
    this.#waiting.set(signal.type, signal)
    this.#deliverWaiting()
  }

  #deliverWaiting(): void {
    const recent = this.#recentDeliveries()
    const now = performance.now()
    const next = [...this.#waiting.values()].slice(0, MAX_PER_WINDOW - recent.length)
    this.#deliveredAt = [...recent, ...next.map(() => now)]
    for (const signal of next) {
      this.#waiting.delete(signal.type)
      this.#deliver(signal)
    }
    const [oldest] = this.#deliveredAt
    if (this.#waiting.size === 0 || this.#deliveryTimer !== null || oldest === undefined) return
    this.#deliveryTimer = setTimeout(
      () => {
        this.#deliveryTimer = null
        this.#deliverWaiting()
      },
      Math.ceil(oldest + WINDOW_MS - now),
    ).unref()
  }

  #recentDeliveries(): readonly number[] {
    const since = performance.now() - WINDOW_MS
    return this.#deliveredAt.filter((at) => at > since)
  }
}
