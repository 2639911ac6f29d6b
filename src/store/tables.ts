import type { StoredState } from '../offline/store.ts'

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
  /** Name, address and text in lower case, for searching alike in every database and language. */
  readonly search: string
  readonly state: StoredState
  /** How often it was claimed: tells one attempt from another. */
  readonly claims: number
  readonly attempts: number
  /** Attempts made before it was last put back by hand: the back-off counts from there. */
  readonly attempts_before: number
  readonly last_error: string | null
  readonly native_id: string | null
  readonly accepted_at: number
  readonly next_attempt_at: number | null
  /** Set while `SENDING`. */
  readonly lease_until: number | null
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
}

/** The tables by their names. */
export interface Tables {
  readonly offline_message: OfflineMessageTable
  readonly offline_key: OfflineKeyTable
  readonly offline_pace: OfflinePaceTable
}
