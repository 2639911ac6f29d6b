import { changedFrame } from './frames.ts'
import type { DdpSession } from './session.ts'

/** A live subscription of one event of a stream. */
export interface Subscription {
  readonly session: DdpSession
  /** Chosen by the client. */
  readonly id: string
  readonly stream: string
  readonly event: string
}

/** What a client is sent of an event; null for nothing. */
type ArgsFor = (subscription: Subscription) => readonly unknown[] | null

/** The live subscriptions of all sessions, by stream and event. */
export class Streams {
  readonly #byEvent = new Map<string, Set<Subscription>>()

  add(subscription: Subscription): void {
    const key = keyOf(subscription.stream, subscription.event)
    const subscriptions = this.#byEvent.get(key) ?? new Set()
    this.#byEvent.set(key, subscriptions.add(subscription))
  }

  remove(subscription: Subscription): void {
    const key = keyOf(subscription.stream, subscription.event)
    const subscriptions = this.#byEvent.get(key)
    subscriptions?.delete(subscription)
    if (subscriptions?.size === 0) this.#byEvent.delete(key)
  }

  /** The subscriptions of an event, oldest first. */
  of(stream: string, event: string): readonly Subscription[] {
    return [...(this.#byEvent.get(keyOf(stream, event)) ?? [])]
  }

  /** Sends an event to each of its subscriptions: two subscriptions of one session get two copies. */
  emit(stream: string, event: string, args: readonly unknown[] | ArgsFor): void {
    for (const subscription of this.of(stream, event)) {
      const sent = typeof args === 'function' ? args(subscription) : args
      if (sent) subscription.session.push(changedFrame(stream, event, sent))
    }
  }
}

function keyOf(stream: string, event: string): string {
  return `${stream}\n${event}`
}
