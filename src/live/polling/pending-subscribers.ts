import type { Caller } from '../../domain/caller.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import { isSameCaller } from './authorization.ts'
import type { PollKind } from './polls-in-flight.ts'

interface Waiting {
  readonly admitted: () => void
  readonly refused: (error: unknown) => void
  /** It was limited once: from now on it waits its turn among the looks. */
  isPatient: boolean
}

/** The watchers of a room whom the provider has yet to grant it. */
export class PendingSubscribers {
  readonly #waiting = new Map<Subscriber, Waiting>()
  readonly #isProven: (caller: Caller) => boolean

  /** `isProven` says whether the provider has accepted a caller's credential. */
  constructor(isProven: (caller: Caller) => boolean) {
    this.#isProven = isProven
  }

  get size(): number {
    return this.#waiting.size
  }

  /** In the order they came. */
  get subscribers(): readonly Subscriber[] {
    return [...this.#waiting.keys()]
  }

  /**
   * Whose turn it is in a lane: who waits longest, but of those who are not proven who came last, so that many of them
   * keep nobody from the room. Null where nobody waits in it.
   */
  next(lane: PollKind): Subscriber | null {
    let last: Subscriber | null = null
    for (const [watcher, { isPatient }] of this.#waiting) {
      const isProven = this.#isProven(watcher.caller)
      if (lane === 'unproven' && !isProven) last = watcher
      else if (isProven && isPatient === (lane === 'patient') && lane !== 'unproven') return watcher
    }
    return last
  }

  /** Those who come with this credential, in the order they came. */
  findByCaller(caller: Caller): readonly Subscriber[] {
    return this.subscribers.filter((watcher) => isSameCaller(watcher.caller, caller))
  }

  /** Resolves when the watcher is admitted; rejects with the reason when it is refused. */
  add(watcher: Subscriber): Promise<void> {
    return new Promise((admitted, refused) => {
      this.#waiting.set(watcher, { admitted, refused, isPatient: false })
    })
  }

  has(watcher: Subscriber): boolean {
    return this.#waiting.has(watcher)
  }

  /** No call can be had for these now. */
  postpone(watchers: readonly Subscriber[]): void {
    for (const watcher of watchers) {
      const waiting = this.#waiting.get(watcher)
      if (waiting) waiting.isPatient = true
    }
  }

  /** False for a watcher who does not wait here any more. */
  accept(watcher: Subscriber): boolean {
    const waiting = this.#waiting.get(watcher)
    waiting?.admitted()
    return this.#waiting.delete(watcher)
  }

  /** Does nothing for a watcher who does not wait here any more. */
  reject(watcher: Subscriber, error: unknown): void {
    this.#waiting.get(watcher)?.refused(error)
    this.#waiting.delete(watcher)
  }
}
