/**
 * Stores one lease per process. A process renews its lease while it is alive; claims of a worker whose lease has expired
 * are abandoned. Leases use the database's clock, because the clocks of replicas may differ.
 */
export interface LeaseStore {
  /**
   * Creates the worker's lease. Returns true if no other process uses the database, which only the embedded database can
   * detect: all other leases have ended then.
   */
  register(worker: string, leaseMs: number): Promise<boolean>
  /** Makes the worker's lease end in `leaseMs`, even if it has expired. */
  renew(worker: string, leaseMs: number): Promise<void>
  /** Ends the worker's lease: its unfinished claims count as abandoned. */
  release(worker: string): Promise<void>
}
