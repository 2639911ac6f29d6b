import { LRUCache } from 'lru-cache'
import type { RoomView } from '../../domain/room-view.ts'
import type { RoomReport } from '../replication/notice.ts'
import { isAuthorizationValid } from './authorization.ts'

/** Beyond these numbers the reports of longest ago are forgotten. */
const MAX_CALLERS = 100_000
const MAX_ROOMS = 20_000

/** What a process that stopped said of a room's state. */
export interface StateReport {
  /** The views whose room state nothing suggested to have changed. */
  readonly currentViews: readonly RoomView[]
  /** `performance.now()` when it came. */
  readonly receivedAt: number
}

/**
 * The reports of processes that stop. Their clients come to another process within seconds, and need not be verified there while
 * their last authorization is valid; the next process that reads a room continues from what the former one knew of its state.
 */
export class RoomReports {
  readonly #authorizedAt = new LRUCache<string, number>({ maxSize: MAX_CALLERS, sizeCalculation: () => 1 })
  readonly #states = new LRUCache<string, StateReport>({ maxSize: MAX_ROOMS, sizeCalculation: () => 1 })

  add({ log, authorized, currentViews }: RoomReport): void {
    const now = performance.now()
    for (const { callerHash, ageMs } of authorized)
      this.#authorizedAt.set(keyOf(log, callerHash), now - ageMs)
    if (currentViews.length > 0) this.#states.set(log, { currentViews, receivedAt: now })
  }

  /** Whether no callers were reported. */
  get isEmpty(): boolean {
    return this.#authorizedAt.size === 0
  }

  /** When the provider last accepted a caller's credential for the room (`performance.now()`); null where that is no longer valid, or not known. */
  authorizedAt(log: string, callerHash: string): number | null {
    const at = this.#authorizedAt.get(keyOf(log, callerHash))
    return at !== undefined && isAuthorizationValid(at) ? at : null
  }

  /** The provider has refused the caller's credential for the room. */
  forget(log: string, callerHash: string): void {
    this.#authorizedAt.delete(keyOf(log, callerHash))
  }

  /** What the process that read the room before this one said of its state; null where none has. */
  stateOf(log: string): StateReport | null {
    return this.#states.get(log) ?? null
  }
}

function keyOf(log: string, callerHash: string): string {
  return `${callerHash} ${log}`
}
