import type { StoredMessageState } from '../offline/offline-store.ts'

/** The counters of rate limits. Only `rate-limiter-flexible` reads and writes them, in statements of its own. */
export const RATE_LIMIT_TABLE = 'rate_limit'

/** Moments are whole milliseconds since 1970: both databases keep and compare them alike. */
export interface OfflineMessageTable {
  readonly id: string
  readonly provider: string
  /** The draft as JSON, which keeps every character; PostgreSQL's text has no NUL. */
  readonly draft: string
  /** Lower case, for erasing. */
  readonly email: string
  readonly department: string | null
  /** Always empty: texts are searched in the draft. Versions before worker leases demand a value. */
  readonly search: string
  readonly state: StoredMessageState
  /** How often it was claimed: tells one attempt from another. */
  readonly claims: number
  readonly attempts: number
  /** Attempts made before it was last put back by hand: the back-off counts from there. */
  readonly attempts_before: number
  readonly last_error: string | null
  readonly native_id: string | null
  readonly accepted_at: number
  readonly next_attempt_at: number | null
  /** Set while `SENDING` by versions before worker leases, which may still run beside this one. */
  readonly lease_until: number | null
  /** The process that sends it, while `SENDING`. */
  readonly worker: string | null
  /** Hash of the client's address, until sent or discarded; null where none is known. */
  readonly sender: string | null
  /** The size of the draft in bytes. */
  readonly bytes: number
  /** Messages are sent by rising turn: each message of a sender is one turn after the sender's previous one. */
  readonly turn: number
  /** Set when sent or discarded: retention counts from there. */
  readonly settled_at: number | null
}

/** Idempotency keys outlive an erased message, and hold nothing of it then. */
export interface OfflineKeyTable {
  readonly provider: string
  readonly key_hash: string
  /** Hash of the draft; empty where the message was erased. */
  readonly fingerprint: string
  readonly message_id: string
  readonly used_at: number
}

/** When each provider may be tried next, whichever replica does it. */
export interface OfflinePaceTable {
  readonly provider: string
  readonly next_at: number
  /** The highest turn that was sent. */
  readonly turn: number
}

/** The leases of processes, by the database's clock. */
export interface WorkerLeaseTable {
  readonly id: string
  readonly lease_until: number
}

/** Idempotency keys of writes to a provider that recognises no repetition. All times are the database's. */
export interface IdempotencyKeyTable {
  /** Hash of the key and of what it belongs to. */
  readonly id: string
  /** Hash of the input. */
  readonly fingerprint: string
  readonly state: 'PENDING' | 'UNKNOWN' | 'DONE'
  /** The process that does the write. */
  readonly worker: string
  /** Counts from 1; tells one attempt from another. */
  readonly attempt: number
  /** What the attempt noted or left behind, encrypted. */
  readonly record: string | null
  /** When the attempt began. */
  readonly begun_at: number
  /** Set while `UNKNOWN`: from then on the attempt can have no effect any more. */
  readonly lands_by: number | null
}

/** Random secrets of the gateway that all its processes share. */
export interface GatewaySecretTable {
  readonly name: string
  /** base64url */
  readonly value: string
}

/** The tables by their names. */
export interface Tables {
  readonly offline_message: OfflineMessageTable
  readonly offline_key: OfflineKeyTable
  readonly offline_pace: OfflinePaceTable
  readonly worker_lease: WorkerLeaseTable
  readonly idempotency_key: IdempotencyKeyTable
  readonly gateway_secret: GatewaySecretTable
}
