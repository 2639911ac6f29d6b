import { LRUCache } from 'lru-cache'
import type { AuthorizedCaller } from '../replication/notice.ts'
import { isAuthorizationValid } from './authorization.ts'

/** Beyond that the reports of longest ago are forgotten. */
const MAX_CALLERS = 100_000

/**
 * The callers that processes which have stopped were serving, by room: their clients come back to another process within
 * seconds, and need not be verified there while their last authorization is valid.
 */
export class ReportedCallers {
  readonly #authorizedAt = new LRUCache<string, number>({ maxSize: MAX_CALLERS, sizeCalculation: () => 1 })

  /** Takes in the report of a process about the room with this log. */
  add(log: string, authorized: readonly AuthorizedCaller[]): void {
    const now = performance.now()
    for (const { callerHash, ageMs } of authorized)
      this.#authorizedAt.set(keyOf(log, callerHash), now - ageMs)
  }

  /** When the provider last accepted a caller's credential for the room (`performance.now()`); null where that is no longer valid, or not known. */
  authorizedAt(log: string, callerHash: string): number | null {
    const at = this.#authorizedAt.get(keyOf(log, callerHash))
    return at !== undefined && isAuthorizationValid(at) ? at : null
  }
}

function keyOf(log: string, callerHash: string): string {
  return `${callerHash} ${log}`
}
