import type { OfflineMessageDraft } from '../domain/adapter.ts'

/**
 * How far a message accepted here has come. `SENDING` is written before the request goes out: where the process that
 * sends it has died, the request may have arrived.
 */
export type StoredMessageState = 'QUEUED' | 'SENDING' | 'SENT' | 'UNCONFIRMED' | 'FAILED' | 'DISCARDED'

/** An offline message that the gateway accepted. */
export interface StoredMessage {
  /** The gateway's own, unique in the store. */
  readonly id: string
  readonly provider: string
  readonly draft: OfflineMessageDraft
  readonly state: StoredMessageState
  /** How often a request went out, the one under way included. */
  readonly attempts: number
  /** The provider's own id of it; null until it is sent, and where the provider named none. */
  readonly nativeId: string | null
  /** Why the last attempt did not succeed, for people; holds no credential. */
  readonly lastError: string | null
  readonly acceptedAt: Date
  /** When it is tried again at the earliest, its provider's spacing included; null unless it waits. */
  readonly nextAttemptAt: Date | null
}

/** A message to be taken in: under which id, when, and by which key its repetition is known. */
export interface AcceptRequest {
  readonly id: string
  readonly provider: string
  readonly draft: OfflineMessageDraft
  /** Null where the client gave none. */
  readonly idempotencyKey: string | null
  /** Hash of the client's address; null where it does not count. */
  readonly senderHash: string | null
  readonly acceptedAt: Date
}

/** How much a queue may hold. */
export interface QueueLimit {
  readonly messages: number
  /** Of their drafts. */
  readonly bytes: number
}

/**
 * What bounds the messages that are neither sent nor given up. The one for the provider counts the messages that wait
 * for delivery, and the bytes of all. Those for a sender, by client address and by e-mail address, count what was
 * accepted within the last day.
 */
export interface QueueLimits {
  readonly provider: QueueLimit
  readonly sender: QueueLimit
  readonly email: QueueLimit
}

/**
 * What became of an acceptance: stored, or known already under its key, or its key known with another draft, or
 * refused because a limit is reached.
 */
export type AcceptResult =
  | { readonly outcome: 'stored' | 'known'; readonly message: StoredMessage }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'refused'; readonly exceededLimit: keyof QueueLimits }

/** Which stored messages, newest first; null leaves a condition out. */
export interface StoredMessageQuery {
  readonly providers: readonly string[]
  /** Accepted at or after. */
  readonly from: Date | null
  /** Accepted before. */
  readonly to: Date | null
  /** The provider's department id or name, as submitted. */
  readonly department: string | null
  /** The e-mail address, whatever its case. */
  readonly email: string | null
  /** Contained in the text, the name or the address, whatever the case. */
  readonly text: string | null
  readonly states: readonly StoredMessageState[] | null
  /** The provider's own id. */
  readonly nativeId: string | null
}

/** A place in the list of stored messages: newest first, equal times by id. */
export interface StoredMessagePosition {
  readonly at: Date
  readonly id: string
}

/** What an attempt came to. One that is `unsent` was held back before any request went out: it does not count. */
export type AttemptOutcome =
  | { readonly state: 'SENT'; readonly nativeId: string | null }
  | {
      readonly state: 'QUEUED'
      readonly error: string
      readonly nextAttemptAt: Date
      readonly unsent: boolean
    }
  | { readonly state: 'UNCONFIRMED' | 'FAILED'; readonly error: string }

/** Which process wants to deliver what next. */
export interface ClaimRequest {
  readonly provider: string
  readonly now: Date
  /** The process; the claim renews its lease by `leaseMs`. */
  readonly worker: string
  readonly leaseMs: number
  /** Milliseconds between two attempts at this provider, whichever replica makes them. */
  readonly spacingMs: number
}

/**
 * The due message whose turn it is, with the attempts since it was accepted or last put back by hand, this
 * one included, and which claim of the message this is; or when it makes sense to ask again: null where nothing waits.
 */
export type Claim =
  | { readonly message: StoredMessage; readonly attemptsSinceRequeue: number; readonly claim: number }
  | { readonly message: null; readonly dueAt: Date | null }

/** How many messages of a provider are in a state. */
export interface MessageCount {
  readonly provider: string
  readonly state: StoredMessageState
  readonly count: number
}

/** A message was not taken in: the disk is full, the database is away. */
export class MessageNotStoredError extends Error {
  override readonly name = 'NotStored'
  /** Whether it may be in the store all the same: the connection broke before the commit was confirmed. */
  readonly mayHaveBeenStored: boolean

  constructor(mayBeStored: boolean, cause: unknown) {
    super('an offline message could not be stored', { cause })
    this.mayHaveBeenStored = mayBeStored
  }
}

/**
 * Keeps offline messages until they are delivered and for some time after. Whatever a method has answered
 * survives a crash of the process and of the machine. Several processes may use one store at once.
 */
export interface OfflineStore {
  /** Rejects with `NotStored`. */
  accept(acceptance: AcceptRequest, limits: QueueLimits): Promise<AcceptResult>
  /** Same length and order as the ids; null for what is not there. */
  find(ids: readonly string[]): Promise<readonly (StoredMessage | null)[]>
  list(
    query: StoredMessageQuery,
    behind: StoredMessagePosition | null,
    limit: number,
  ): Promise<readonly StoredMessage[]>
  count(query: StoredMessageQuery): Promise<number>
  /** Takes one due message into `SENDING`, counts the attempt, and keeps the provider's spacing. */
  claim(request: ClaimRequest): Promise<Claim>
  /**
   * Ends the attempt that a claim began. An outcome that comes after the process was taken for dead still counts, for
   * it is the truth about that attempt; false where the message has since gone on, or is gone.
   */
  recordOutcome(id: string, claim: number, outcome: AttemptOutcome, now: Date): Promise<boolean>
  /** Makes the next attempts of a provider wait, whichever replica makes them: it told of a limit. */
  pauseProvider(provider: string, until: Date): Promise<void>
  /** Makes the messages `UNCONFIRMED` whose process has died, and answers how many. */
  expireAbandoned(now: Date): Promise<number>
  /** Makes what waits for another attempt due at once: an attempt more, that does not count against the message. */
  makeRetriesDue(now: Date): Promise<void>
  /** Puts a message that is `UNCONFIRMED` or `FAILED` back in the queue; null where it is neither. */
  retry(id: string, now: Date): Promise<StoredMessage | null>
  /** Gives up a message that is not `SENDING` or `SENT`; null where it is. */
  discard(id: string, now: Date): Promise<StoredMessage | null>
  /**
   * Erases the messages from an address, whatever its case, for these providers or, with null, for all; answers how
   * many. Their keys stay taken: CONFLICT.
   */
  erase(email: string, providers: readonly string[] | null): Promise<number>
  /** How many messages there are, by provider and state. */
  countByState(): Promise<readonly MessageCount[]>
  /**
   * Forgets messages that were sent or discarded, and keys that were used, before these moments. What is
   * `UNCONFIRMED` or `FAILED` waits for a person, however long.
   */
  prune(before: { readonly settled: Date; readonly keys: Date }): Promise<void>
}
