/**
 * Deletes from the logs of live events what names somebody. Names and contents are opaque, like those of `LiveLogStore`. Every
 * statement has that store's time limit; none holds up more than those that use the same log.
 */
export interface LogErasureStore {
  /**
   * The names of the logs of which an entry or the snapshot contains a text in a JSON string, ignoring the case of ASCII
   * letters. Reads in batches; rejects when the signal aborts.
   */
  findContaining(text: string, signal: AbortSignal): Promise<readonly string[]>
  /** What the store holds of these logs now. */
  describe(names: readonly string[]): Promise<LogDescriptions>
  /** Asks the holders of these logs in other processes to save their state anew. */
  requestSnapshots(names: readonly string[]): Promise<void>
  /**
   * Deletes what was described. Of a log with a live holder the entries are deleted, if the holder has saved its state since.
   * A log without is deleted as a whole, if nobody has held it since. Others are left as they are, and their names returned.
   */
  erase(descriptions: LogDescriptions): Promise<readonly string[]>
}

/** Logs at one moment. */
export interface LogDescriptions {
  /** The moment in milliseconds of the database's clock. */
  readonly at: number
  readonly logs: readonly LogDescription[]
}

/** One log at that moment. */
export interface LogDescription {
  readonly name: string
  /** Of its newest entry; 0 where it has none. */
  readonly sequence: number
  /** Of its last lease; null where it has none. */
  readonly epoch: string | null
  /** Whether a live worker holds it. */
  readonly isHeld: boolean
}
