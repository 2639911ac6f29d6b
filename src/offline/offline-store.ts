import type { OfflineMessageDraft } from '../domain/offline-messages.ts'

/**
 * State of a stored message. `SENDING` is written before the request is sent: if the process that sends it dies, the
 * request may have arrived.
 */
export type StoredMessageState = 'QUEUED' | 'SENDING' | 'SENT' | 'UNCONFIRMED' | 'FAILED' | 'DISCARDED'

/** An offline message that the gateway accepted. */
export interface StoredMessage {
  /** The gateway's own id, unique in the store. */
  readonly id: string
  readonly provider: string
  readonly draft: OfflineMessageDraft
  readonly state: StoredMessageState
  /** Number of requests that were sent, including one in flight. */
  readonly attempts: number
  /** The provider's id; null until it is sent, and if the provider returned none. */
  readonly nativeId: string | null
  /** Why the last attempt failed, for operators. Contains no credential. */
  readonly lastError: string | null
  readonly acceptedAt: Date
  /** Earliest time of the next attempt, the provider's spacing included; null unless it is queued. */
  readonly nextAttemptAt: Date | null
}

/** A message to store. */
export interface AcceptRequest {
  readonly id: string
  readonly provider: string
  readonly draft: OfflineMessageDraft
  /** Null if the client sent none. */
  readonly idempotencyKey: string | null
  /** Hash of the client's address; null if the address is not counted. */
  readonly senderHash: string | null
  readonly acceptedAt: Date
}

/** Maximum size of a queue. */
export interface QueueLimit {
  readonly messages: number
  /** Total size of the drafts. */
  readonly bytes: number
}

/**
 * Limits of the messages that are neither sent nor discarded. `provider` counts the messages that are queued for
 * delivery, and the bytes of all. `sender` (client address) and `email` count what was accepted within the last day.
 */
export interface QueueLimits {
  readonly provider: QueueLimit
  readonly sender: QueueLimit
  readonly email: QueueLimit
}

/**
 * Result of `accept`: newly stored; a duplicate of a message with the same key; a conflict with another draft of that key;
 * or limited, because a limit is reached.
 */
export type AcceptResult =
  | { readonly outcome: 'stored' | 'duplicate'; readonly message: StoredMessage }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'limited'; readonly exceededLimit: keyof QueueLimits }

/** Filter of the stored messages; null leaves a condition out. */
export interface StoredMessageQuery {
  readonly providers: readonly string[]
  /** Accepted at or after. */
  readonly from: Date | null
  /** Accepted before. */
  readonly to: Date | null
  /** The provider's department id or name, as submitted. */
  readonly department: string | null
  /** The e-mail address, ignoring case. */
  readonly email: string | null
  /** Contained in the text, the name or the address, ignoring case. */
  readonly text: string | null
  readonly states: readonly StoredMessageState[] | null
  readonly nativeId: string | null
}

/** A position in the list of stored messages, which is ordered newest first and by id for equal times. */
export interface StoredMessagePosition {
  readonly at: Date
  readonly id: string
}

/** Outcome of an attempt. `unsent` means that no request was sent, so that the attempt does not count. */
export type AttemptOutcome =
  | { readonly state: 'SENT'; readonly nativeId: string | null }
  | {
      readonly state: 'QUEUED'
      readonly error: string
      readonly nextAttemptAt: Date
      readonly unsent: boolean
    }
  | { readonly state: 'UNCONFIRMED' | 'FAILED'; readonly error: string }

/** A process asks for the next message to deliver. */
export interface ClaimRequest {
  readonly provider: string
  readonly now: Date
  /** The id of the process; the claim renews its lease by `leaseMs`. */
  readonly worker: string
  readonly leaseMs: number
  /** Minimum milliseconds between two attempts at this provider, over all replicas. */
  readonly spacingMs: number
}

/**
 * The next due message, the number of its attempts since it was accepted or requeued (including this one, less one per
 * `makeRetriesDue`), and the number of this claim; or the time when a message will be due, null if none is queued.
 */
export type Claim =
  | { readonly message: StoredMessage; readonly attemptsSinceRequeue: number; readonly claim: number }
  | { readonly message: null; readonly dueAt: Date | null }

/** Number of messages of a provider in one state. */
export interface MessageCount {
  readonly provider: string
  readonly state: StoredMessageState
  readonly count: number
}

/** A message was not stored: the disk is full, or the database is unavailable. */
export class MessageNotStoredError extends Error {
  override readonly name = 'MessageNotStoredError'
  /** Whether it may have been stored nevertheless: the connection broke before the commit was confirmed. */
  readonly mayHaveBeenStored: boolean

  constructor(mayHaveBeenStored: boolean, cause: unknown) {
    super('an offline message could not be stored', { cause })
    this.mayHaveBeenStored = mayHaveBeenStored
  }
}

/**
 * Stores offline messages until they are delivered, and for some time after. What a method has returned survives a crash
 * of the process and of the machine. Several processes may use one store at the same time.
 */
export interface OfflineStore {
  /** Rejects with `MessageNotStoredError`. */
  accept(request: AcceptRequest, limits: QueueLimits): Promise<AcceptResult>
  /** Returns the messages in the order of the ids; null for those that do not exist. */
  find(ids: readonly string[]): Promise<readonly (StoredMessage | null)[]>
  list(
    query: StoredMessageQuery,
    after: StoredMessagePosition | null,
    limit: number,
  ): Promise<readonly StoredMessage[]>
  count(query: StoredMessageQuery): Promise<number>
  /** Moves one due message to `SENDING`, counts the attempt, and starts the provider's spacing. */
  claim(request: ClaimRequest): Promise<Claim>
  /**
   * Records the outcome of the attempt that a claim began, even after the process was taken for dead: it is the truth
   * about that attempt. Returns false if the message was claimed again, changed or erased since.
   */
  recordOutcome(id: string, claim: number, outcome: AttemptOutcome, now: Date): Promise<boolean>
  /** Delays the next attempt at a provider, over all replicas, because of a rate-limit response. */
  pauseProvider(provider: string, until: Date): Promise<void>
  /** Makes the messages of dead processes `UNCONFIRMED`, and returns their number. */
  expireAbandoned(now: Date): Promise<number>
  /** Makes all messages that wait for a retry due now; this attempt does not count against `maxAttempts`. */
  makeRetriesDue(now: Date): Promise<void>
  /** Requeues a message that is `UNCONFIRMED` or `FAILED`; null for another state. */
  retry(id: string, now: Date): Promise<StoredMessage | null>
  /** Discards a message that is not `SENDING` or `SENT`; null for those states. */
  discard(id: string, now: Date): Promise<StoredMessage | null>
  /**
   * Erases all messages of an e-mail address, ignoring case, for these providers or, with null, for all; returns their
   * number. Their idempotency keys stay in use: CONFLICT.
   */
  erase(email: string, providers: readonly string[] | null): Promise<number>
  /** Number of messages by provider and state. */
  countByState(): Promise<readonly MessageCount[]>
  /**
   * Deletes messages that were sent or discarded, and keys that were used, before these times. `UNCONFIRMED` and `FAILED`
   * messages are kept until an operator decides.
   */
  prune(before: { readonly completed: Date; readonly keys: Date }): Promise<void>
}
