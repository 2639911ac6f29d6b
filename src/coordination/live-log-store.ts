/**
 * One log per watched room (in one view) and per account. The process that holds a log's lease appends to it; all others read
 * it. Names and contents are opaque to the store. They are JSON, so they hold no NUL and no half of a surrogate pair; a name has
 * at most 1 000 bytes. Every method but `prune` rejects within two seconds while PostgreSQL is unavailable or slow.
 */
export interface LiveLogStore {
  /**
   * Acquires the leases of these logs for a worker, as far as no other live worker holds them. Returns the current lease of
   * every name. The epoch of a lease is new each time that another worker acquires it.
   */
  acquire(names: readonly string[], worker: string): Promise<readonly LogLease[]>
  /** Ends leases, unless another worker has acquired them since, and tells all other processes. */
  release(leases: readonly LogLease[]): Promise<void>
  /**
   * Appends entries in one transaction, and tells all other processes. Logs whose lease is not the one in the store are left
   * as they are: a holder that was suspended may have been replaced. So are logs that hold, or have a snapshot of, an entry of
   * another epoch where one of these belongs. Returns their names. A rejected append may have been stored nevertheless; repeating it stores
   * nothing twice.
   */
  append(appends: readonly LogAppend[]): Promise<readonly string[]>
  /** The entries of each log after a sequence number, oldest first. */
  readAfter(positions: readonly LogCursor[]): Promise<readonly NamedLogEntry[]>
  /** Everything that a log holds. */
  load(name: string): Promise<LogContents>
  /** The workers that are alive now. */
  liveWorkers(): Promise<readonly string[]>
  /** Deletes entries older than `maxAgeMs`, and all but the newest `maxEntries` of each log; and logs without entries that nobody holds. */
  prune(maxAgeMs: number, maxEntries: number): Promise<void>
}

/** The right to append to a log. */
export interface LogLease {
  readonly name: string
  readonly epoch: string
  readonly worker: string
}

/** The position after which a log is read. */
export interface LogCursor {
  readonly name: string
  readonly sequence: number
}

/** One entry. Epoch and sequence identify it; the sequence of a log increases by one, over all of its epochs. */
export interface LogEntry {
  readonly epoch: string
  readonly sequence: number
  readonly content: string
}

export interface NamedLogEntry extends LogEntry {
  readonly name: string
}

/** The state of what a log is about, after the entry with the same epoch and sequence (0 before the first). */
export type LogSnapshot = LogEntry

export interface LogContents {
  /** Null where none was saved. */
  readonly snapshot: LogSnapshot | null
  /** Oldest first; also entries that the snapshot includes. */
  readonly entries: readonly LogEntry[]
  /** Milliseconds since an entry or a snapshot was stored; null where there is neither. */
  readonly changedMsAgo: number | null
}

export interface LogAppend {
  readonly lease: LogLease
  /** Each with the next sequence number; their epoch is the lease's. */
  readonly entries: readonly Pick<LogEntry, 'sequence' | 'content'>[]
  /** Replaces the saved snapshot; null leaves it. */
  readonly snapshot: Pick<LogEntry, 'epoch' | 'sequence' | 'content'> | null
}

/** Notices between processes. Nothing is stored: a process that does not listen misses them. */
export interface LiveNotices {
  /** Sends a text of at most 7 000 bytes to all other processes. */
  send(text: string): Promise<void>
  /** Receives notices until the returned function is called. */
  listen(receiver: LiveNoticeReceiver): () => Promise<void>
}

export interface LiveNoticeReceiver {
  /** The log has entries up to this sequence number. */
  onAppended(name: string, sequence: number): void
  /** The lease of the log was released: another process may acquire it. */
  onReleased(name: string): void
  /** The holder of the log is asked to save its state anew. */
  onSnapshotRequested(name: string): void
  onNotice(text: string): void
  /** The connection to the database exists, for the first time or again: notices before now may have been missed. */
  onResumed(): void
}
