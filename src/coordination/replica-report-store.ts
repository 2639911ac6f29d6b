/** A process whose lease is valid, and its last report as it was saved; null if it has saved none. */
export interface StoredReplica {
  readonly worker: string
  readonly report: string | null
}

/** Stores one report per process. The order of calls is that of the reports: what one call saves, a later one returns. */
export interface ReplicaReportStore {
  /** Saves the report of a process, and returns those of all live ones, its own included. */
  exchange(worker: string, report: string): Promise<readonly StoredReplica[]>
  /** Deletes the report of a process, and those of processes that have died. */
  remove(worker: string): Promise<void>
}
