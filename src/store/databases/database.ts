import type { Dialect, Expression, Kysely, RawBuilder } from 'kysely'
import type { ReplicaNotices } from '../live/notice.ts'
import type { Tables } from '../tables.ts'

/** What differs between the two databases; everything else is one implementation. */
export interface DatabaseBackend {
  readonly dialect: Dialect
  /** What several processes on one database need in addition; null for the embedded one, which one process uses. */
  readonly coordination: CoordinationBackend | null
  /** Whether rows are locked individually, so that a claim must skip the locked rows of others. */
  readonly hasRowLocks: boolean
  /** SQL expression for the database's clock in whole epoch milliseconds: replicas' clocks differ. */
  now(): RawBuilder<number>
  /** SQL expression for a text with its ASCII letters in lower case, whatever the database's locale. */
  asciiLowerCase(text: Expression<string>): RawBuilder<string>
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

/** Coordination of several processes. */
export interface CoordinationBackend {
  /** Connections of their own, for leases and logs. Work on one of them rejects after two seconds. */
  readonly dialect: Dialect
  /** Opens the notices; `db` uses the dialect above. */
  openNotices(db: Kysely<Tables>): ReplicaNotices
}
