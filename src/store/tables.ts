import type { StoredMessageState } from '../offline/offline-store.ts'

/** Table of the rate-limit counters. Only `rate-limiter-flexible` reads and writes it, with its own statements. */
export const RATE_LIMIT_TABLE = 'rate_limit'

/** Offline messages. Times are whole epoch milliseconds, which both databases store and compare in the same way. */
export interface OfflineMessageTable {
  readonly id: string
  readonly provider: string
  /** The draft as JSON, which preserves every character: PostgreSQL's text type has no NUL. */
  readonly draft: string
  /** Lower case, for lookups by address. */
  readonly email: string
  readonly department: string | null
  /** Always empty: texts are searched in the draft. Versions before worker leases require a value. */
  readonly search: string
  readonly state: StoredMessageState
  /** Number of claims; identifies an attempt. */
  readonly claims: number
  readonly attempts: number
  /**
   * Attempts that do not count for the backoff and the maximum: those before an operator last requeued it, and one per restart
   * of a process while it waited for a retry.
   */
  readonly attempts_before: number
  readonly last_error: string | null
  readonly native_id: string | null
  readonly accepted_at: number
  readonly next_attempt_at: number | null
  /** Set while `SENDING` by versions before worker leases, which may still run next to this one. */
  readonly lease_until: number | null
  /** The process that sends it; set while `SENDING`. */
  readonly worker: string | null
  /** Hash of the client's address, kept until the message is sent or discarded; null if unknown. */
  readonly sender: string | null
  /** Size of the draft. */
  readonly bytes: number
  /** Messages are sent in ascending turn: each message of a sender is one turn after the sender's previous one. */
  readonly turn: number
  /** When it was sent or discarded; retention counts from here. */
  readonly settled_at: number | null
}

/** Idempotency keys of offline messages. They outlive an erased message and then contain nothing of it. */
export interface OfflineKeyTable {
  readonly provider: string
  readonly key_hash: string
  /** Hash of the draft; empty if the message was erased. */
  readonly fingerprint: string
  readonly message_id: string
  readonly used_at: number
}

/** Earliest time of the next attempt at each provider, over all replicas. */
export interface OfflinePaceTable {
  readonly provider: string
  readonly next_at: number
  /** The highest turn that was claimed. */
  readonly turn: number
}

/** Leases of processes, by the database's clock. */
export interface WorkerLeaseTable {
  readonly id: string
  readonly lease_until: number
}

/** What live processes report to each other; only on PostgreSQL. */
export interface ReplicaReportTable {
  readonly worker: string
  readonly report: string
}

/** Idempotency keys of provider writes. All times are of the database's clock. */
export interface IdempotencyKeyTable {
  /** Hash of the key and its scope. */
  readonly id: string
  /** Hash of the input. */
  readonly fingerprint: string
  readonly state: 'PENDING' | 'UNKNOWN' | 'DONE'
  /** The process that executes the write. */
  readonly worker: string
  /** Number of the attempt, from 1. */
  readonly attempt: number
  /** Encrypted record of the attempt or of its result. */
  readonly record: string | null
  /** Start of the attempt. */
  readonly begun_at: number
  /** Set while `UNKNOWN`: after this time the attempt can no longer take effect. */
  readonly lands_by: number | null
}

/** Random secrets that all processes of the gateway share. */
export interface GatewaySecretTable {
  readonly name: string
  /** Encoded as base64url. */
  readonly value: string
}

/** Snapshots of what the live logs are about: the last one saved per log. */
export interface LiveLogTable {
  readonly name: string
  /** With `sequence`, the last entry that the snapshot includes. */
  readonly epoch: string
  readonly sequence: number
  readonly content: string
  /** By the database's clock. */
  readonly saved_at: number
}

/** Entries of the live logs. */
export interface LiveLogEntryTable {
  readonly name: string
  readonly sequence: number
  readonly epoch: string
  readonly content: string
  /** By the database's clock; retention counts from here. */
  readonly appended_at: number
}

/** Leases of the live logs. A log has a row from its first acquisition until it is pruned. */
export interface LiveLogLeaseTable {
  readonly name: string
  /** Of the last acquisition. */
  readonly epoch: string
  /** The process that acquired it; null after a release. The lease is valid while the process is alive. */
  readonly worker: string | null
}

/** All tables by name. */
export interface Tables {
  readonly offline_message: OfflineMessageTable
  readonly offline_key: OfflineKeyTable
  readonly offline_pace: OfflinePaceTable
  readonly worker_lease: WorkerLeaseTable
  readonly replica_report: ReplicaReportTable
  readonly idempotency_key: IdempotencyKeyTable
  readonly gateway_secret: GatewaySecretTable
  readonly live_log: LiveLogTable
  readonly live_log_entry: LiveLogEntryTable
  readonly live_log_lease: LiveLogLeaseTable
}
