/**
 * Keeps one lease per process. A process renews its lease while it lives; work that names a worker whose lease has
 * expired was abandoned. Leases are timed by the database's clock, so that clocks of replicas may differ.
 */
export interface LeaseStore {
  /**
   * Takes the worker's first lease. Answers true where no other process uses the database, which only the embedded
   * database can detect: all other leases have then ended.
   */
  register(worker: string, leaseMs: number): Promise<boolean>
  /** Makes the worker's lease end in `leaseMs`, whether or not it has expired before. */
  renew(worker: string, leaseMs: number): Promise<void>
  /** Ends the worker's lease: whatever it has not finished counts as abandoned. */
  release(worker: string): Promise<void>
}
