import type { Dialect } from 'kysely'

/** What the two databases do differently; all else is one implementation. */
export interface Backend {
  readonly dialect: Dialect
  /** The function that finds a text in a text: 0 where it is not there. */
  readonly position: 'instr' | 'strpos'
  /** Whether rows are locked one by one, so that a claim has to step over those of others. */
  readonly locksRows: boolean
  /** Whether a commit holds up the whole process, so that several had better share one. */
  readonly commitsBlock: boolean
  /** Whether a write that failed so may have been committed all the same. */
  mayHaveHappened(error: unknown): boolean
}
