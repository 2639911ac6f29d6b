import type { Caller } from '../chat/caller.ts'
import { isSameCaller } from './credentials.ts'
import type { Lane } from './looks.ts'
import type { Watcher } from './watcher.ts'

interface Waiting {
  readonly admitted: () => void
  readonly refused: (error: unknown) => void
  /** It was limited once: from now on it waits its turn among the looks. */
  isPatient: boolean
}

/** The watchers of a room whom the provider has yet to grant it. */
export class Lobby {
  readonly #waiting = new Map<Watcher, Waiting>()
  readonly #isProven: (caller: Caller) => boolean

  /** `isProven` says whether the provider has accepted a caller's credential. */
  constructor(isProven: (caller: Caller) => boolean) {
    this.#isProven = isProven
  }

  get size(): number {
    return this.#waiting.size
  }

  /** In the order they came. */
  get watchers(): readonly Watcher[] {
    return [...this.#waiting.keys()]
  }

  /**
   * Whose turn it is in a lane: who waits longest, but of those who are not proven who came last, so that many of them
   * keep nobody from the room. Null where nobody waits in it.
   */
  next(lane: Lane): Watcher | null {
    let last: Watcher | null = null
    for (const [watcher, { isPatient }] of this.#waiting) {
      const isProven = this.#isProven(watcher.caller)
      if (lane === 'unproven' && !isProven) last = watcher
      else if (isProven && isPatient === (lane === 'patient') && lane !== 'unproven') return watcher
    }
    return last
  }

  /** Those who come with this credential, in the order they came. */
  of(caller: Caller): readonly Watcher[] {
    return this.watchers.filter((watcher) => isSameCaller(watcher.caller, caller))
  }

  /** Resolves when the watcher is admitted; rejects with the reason when it is refused. */
  enter(watcher: Watcher): Promise<void> {
    return new Promise((admitted, refused) => {
      this.#waiting.set(watcher, { admitted, refused, isPatient: false })
    })
  }

  has(watcher: Watcher): boolean {
    return this.#waiting.has(watcher)
  }

  /** No call can be had for these now. */
  postpone(watchers: readonly Watcher[]): void {
    for (const watcher of watchers) {
      const waiting = this.#waiting.get(watcher)
      if (waiting) waiting.isPatient = true
    }
  }

  /** False for a watcher who does not wait here any more. */
  admit(watcher: Watcher): boolean {
    const waiting = this.#waiting.get(watcher)
    waiting?.admitted()
    return this.#waiting.delete(watcher)
  }

  /** Does nothing for a watcher who does not wait here any more. */
  refuse(watcher: Watcher, error: unknown): void {
    this.#waiting.get(watcher)?.refused(error)
    this.#waiting.delete(watcher)
  }
}
