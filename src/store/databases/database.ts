import type { Dialect, RawBuilder } from 'kysely'

/** What differs between the two databases; everything else is one implementation. */
export interface DatabaseBackend {
  readonly dialect: Dialect
  /** Whether rows are locked individually, so that a claim must skip the locked rows of others. */
  readonly hasRowLocks: boolean
  /** SQL expression for the database's clock in whole epoch milliseconds: replicas' clocks differ. */
  now(): RawBuilder<number>
  /**
   * Whether no other process uses the database, as far as this can be detected. From then on, other processes detect
   * this one.
   */
  isOnlyProcess(): Promise<boolean>
  /** Resolves when everything committed before the call survives a power failure. */
  flush(): Promise<void>
  /** Releases the resources other than the database's connections. */
  close(): Promise<void>
  /** Whether a write that failed with this error may have been committed nevertheless. */
  mayHaveCommitted(error: unknown): boolean
}
