import { randomUUID } from 'node:crypto'
import type { CallContext, ChatAdapter, OfflineMessageDraft } from '../domain/adapter.ts'
import { ChatError } from '../domain/errors.ts'
import type { OfflineMessage } from '../domain/model.ts'
import type { Clock } from './clock.ts'
import type { DeliveryWorker } from './delivery-worker.ts'
import { toOfflineMessage } from './offline-message.ts'
import {
  MessageNotStoredError,
  type OfflineStore,
  type QueueLimits,
  type StoredMessage,
} from './offline-store.ts'

/** Where messages are stored, and who delivers them. */
export interface OutboxOptions {
  readonly store: OfflineStore
  readonly worker: Pick<DeliveryWorker, 'deliver'>
  readonly clock: Clock
  /** Milliseconds that an answer waits for the first attempt's outcome. */
  readonly firstAttemptTimeoutMs: number
  readonly limits: QueueLimits
  /** Hashes a client's address: the store holds no address. */
  readonly hashAddress: (address: string) => string
  /** Receives the client's address of each message that was refused because a limit is reached. */
  readonly onRateLimited: (clientAddress: string | null) => void
}

/** The sender of a message. */
export interface OfflineSender extends Pick<CallContext, 'caller' | 'log'> {
  /** The client's address as limits count it; null where it is not known. */
  readonly clientAddress: string | null
}

/** When it makes sense to leave a message again that was refused because a limit is reached. */
const RETRY_AFTER_MS = 60_000

const refusals: Readonly<Record<keyof QueueLimits, string>> = {
  provider: 'Too many offline messages wait for this provider; it was not accepted.',
  sender: 'Too many offline messages from this network address are not delivered yet; it was not accepted.',
  email: 'Too many offline messages from this e-mail address are not delivered yet; it was not accepted.',
}

type AcceptedListener = (message: OfflineMessage) => void

/** Takes offline messages in: whatever it has answered is in the store and goes on without its sender. */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #listeners = new Set<AcceptedListener>()

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /**
   * Stores the message, then waits a short while for the first attempt: the answer's `delivery` tells how far it
   * came. A refusal by the provider is no failure of this call but a `FAILED` delivery with the reason. The same
   * key with the same draft gives the same message; rejects with CONFLICT where the draft is another, with
   * RATE_LIMITED where too many wait already, and with PROVIDER_UNAVAILABLE or OUTCOME_UNKNOWN where the message could
   * not, or may not, have been stored.
   */
  async send(
    { name: provider }: Pick<ChatAdapter, 'name'>,
    draft: OfflineMessageDraft,
    idempotencyKey: string | null,
    from: OfflineSender,
  ): Promise<OfflineMessage> {
    const { store, clock, limits, onRateLimited: onRefused } = this.#options
    const at = new Date(clock.now())
    const acceptance = {
      id: randomUUID(),
      provider,
      draft,
      idempotencyKey,
      senderHash: this.#hashSender(from),
      acceptedAt: at,
    }
    const accepted = await store.accept(acceptance, limits).catch((error: unknown) => {
      from.log.error({ err: error, provider }, 'an offline message could not be stored')
      throw notStored(error)
    })
    if (accepted.outcome === 'refused') {
      onRefused(from.clientAddress)
      const options = { provider, retryAfterMs: RETRY_AFTER_MS }
      throw new ChatError('RATE_LIMITED', refusals[accepted.exceededLimit], options)
    }
    if (accepted.outcome === 'conflict') {
      const detail = 'This idempotency key was used with another input.'
      throw new ChatError('CONFLICT', detail, { field: 'idempotencyKey', provider })
    }
    const { message, outcome } = accepted
    if (outcome === 'stored') this.#tell(message)
    return this.#afterAttempt(message)
  }

  /** Puts an `UNCONFIRMED` or `FAILED` message back in the queue; null where it is neither, or absent. */
  async retry(id: string): Promise<OfflineMessage | null> {
    const { store, clock } = this.#options
    const message = await store.retry(id, new Date(clock.now()))
    return message && this.#afterAttempt(message)
  }

  /** Gives up a message that is neither sent nor being sent; null where it is, or absent. */
  async discard(id: string): Promise<OfflineMessage | null> {
    const { store, clock } = this.#options
    const message = await store.discard(id, new Date(clock.now()))
    return message && toOfflineMessage(message)
  }

  /** Erases all that came from an e-mail address, whatever its case, for these providers or, with null, for all. */
  erase(email: string, providers: readonly string[] | null): Promise<number> {
    return this.#options.store.erase(email, providers)
  }

  /** Calls the listener with each message that this process accepts, as it is stored; gives the way to stop that. */
  onAccepted(listener: AcceptedListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** An operator's server leaves messages for many people: its address does not count. */
  #hashSender({ caller, clientAddress }: OfflineSender): string | null {
    if (caller.role === 'OPERATOR' || clientAddress === null) return null
    return this.#options.hashAddress(clientAddress)
  }

  #tell(message: StoredMessage): void {
    for (const listener of this.#listeners) listener(toOfflineMessage(message))
  }

  async #afterAttempt(message: StoredMessage): Promise<OfflineMessage> {
    const { store, worker, firstAttemptTimeoutMs: replyWithinMs } = this.#options
    if (message.state === 'QUEUED' || message.state === 'SENDING') {
      await worker.deliver(message, replyWithinMs)
    }
    // It is stored and goes on, whether or not the store can tell at this moment how far it came.
    const [now] = await store.find([message.id]).catch(() => [message])
    return toOfflineMessage(now ?? message)
  }
}

function notStored(error: unknown): unknown {
  if (!(error instanceof MessageNotStoredError)) return error
  const [code, detail] = error.mayHaveBeenStored
    ? ([
        'OUTCOME_UNKNOWN',
        'It may or may not have been accepted; repeat it with an idempotencyKey.',
      ] as const)
    : (['PROVIDER_UNAVAILABLE', 'The gateway can store nothing at the moment; it was not accepted.'] as const)
  return new ChatError(code, detail, { cause: error })
}
