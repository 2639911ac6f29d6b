import type { Caller } from '../chat/caller.ts'
import type { Watcher } from './watcher.ts'

/**
 * For whom a look at a room is made: joiners who wait for it, joiners who wait their turn, joiners whose credential the
 * provider has not accepted yet, or those who watch.
 */
export type Lane = 'joiners' | 'patient' | 'unproven' | 'watchers'

/** A read of a room under way. */
export interface Look {
  readonly lane: Lane
  /** Whose credential reads. */
  readonly caller: Caller
  /** Those who wait for it in the lobby; nobody where it is due for those who watch. */
  readonly waiting: readonly Watcher[]
  /** `performance.now()`. */
  readonly began: number
  /** How many reads had been taken in by then. */
  readonly reads: number
  readonly leaving: AbortController
}

/** A look that begins now. */
export function newLook(
  caller: Caller,
  waiting: readonly Watcher[],
  { lane, reads }: Pick<Look, 'lane' | 'reads'>,
): Look {
  return { lane, caller, waiting, began: performance.now(), reads, leaving: new AbortController() }
}

/** The looks at one room that are under way, one of each lane at most. */
export class Looks {
  readonly #looks = new Map<Lane, Look>()

  has(lane: Lane): boolean {
    return this.#looks.has(lane)
  }

  /** Holds a look until its work is over. */
  async keep(look: Look, work: Promise<void>): Promise<void> {
    this.#looks.set(look.lane, look)
    await work
    this.#looks.delete(look.lane)
  }

  /** Calls off those that nobody needs any more. */
  abort(isNeedless: (look: Look) => boolean): void {
    for (const look of this.#looks.values()) if (isNeedless(look)) look.leaving.abort()
  }
}
