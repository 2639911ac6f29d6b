import { changedFrame } from './frames.ts'
import type { Subscription } from './session.ts'

/** What a client is sent of an event; null for nothing. */
type ArgsFor = (subscription: Subscription) => readonly unknown[] | null

/** The live subscriptions of all sessions, by stream and event. */
export class Streams {
  readonly #byEvent = new Map<string, Set<Subscription>>()
  #size = 0
  #peak = 0

  /** The highest number of subscriptions that were live at a time. */
  get peak(): number {
    return this.#peak
  }

  add(subscription: Subscription): void {
    const key = keyOf(subscription.stream, subscription.event)
    const subscriptions = this.#byEvent.get(key) ?? new Set()
    this.#byEvent.set(key, subscriptions.add(subscription))
    this.#size += 1
    this.#peak = Math.max(this.#peak, this.#size)
  }

  /** Ends a subscription; nothing happens if it has ended already. */
  remove(subscription: Subscription): void {
    const key = keyOf(subscription.stream, subscription.event)
    const subscriptions = this.#byEvent.get(key)
    if (!subscriptions?.delete(subscription)) return
    this.#size -= 1
    if (subscriptions.size === 0) this.#byEvent.delete(key)
  }

  /** The subscriptions of an event, oldest first. */
  of(stream: string, event: string): readonly Subscription[] {
    return [...(this.#byEvent.get(keyOf(stream, event)) ?? [])]
  }

  /** The number of live subscriptions by `stream/event`. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.#byEvent].map(([key, { size }]) => [key, size]))
  }

  /**
   * Sends an event to each of its subscriptions: two subscriptions of one session get two copies. The function of `args`
   * chooses what each one is sent.
   */
  emit(stream: string, event: string, args: readonly unknown[] | ArgsFor): void {
    for (const subscription of this.of(stream, event)) {
      const sent = typeof args === 'function' ? args(subscription) : args
      if (sent) subscription.session.push(changedFrame(stream, event, sent))
    }
  }
}

/** The name of an event, with its stream, for tests. */
export function keyOf(stream: string, event: string): string {
  return `${stream}/${event}`
}
