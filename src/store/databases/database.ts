import type { Dialect, RawBuilder } from 'kysely'

/** What the two databases do differently; all else is one implementation. */
export interface DatabaseBackend {
  readonly dialect: Dialect
  /** Whether rows are locked one by one, so that a claim has to step over those of others. */
  readonly hasRowLocks: boolean
  /** The database's clock, in whole milliseconds since 1970, as an expression: replicas' clocks differ. */
  now(): RawBuilder<number>
  /** Whether no other process uses the database, as far as it can tell; others can tell of this one from then on. */
  isOnlyProcess(): Promise<boolean>
  /** Resolves when what was committed before the call survives a power cut. */
  flush(): Promise<void>
  /** Lets go of what it holds beside the database's connections. */
  close(): Promise<void>
  /** Whether a write that failed so may have been committed all the same. */
  mayHaveCommitted(error: unknown): boolean
}
