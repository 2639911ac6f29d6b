import type { Dialect } from 'kysely'

/** What the two databases do differently; all else is one implementation. */
export interface Backend {
  readonly dialect: Dialect
  /** The function that finds a text in a text: 0 where it is not there. */
  readonly position: 'instr' | 'strpos'
  /** Whether rows are locked one by one, so that a claim has to step over those of others. */
  readonly locksRows: boolean
  /** Resolves when what was committed before the call survives a power cut. */
  keep(): Promise<void>
  /** Lets go of what it holds beside the database's connections. */
  close(): Promise<void>
  /** Whether a write that failed so may have been committed all the same. */
  mayHaveHappened(error: unknown): boolean
}
