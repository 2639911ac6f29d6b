import { randomUUID } from 'node:crypto'
import type { CallContext, ChatAdapter } from '../domain/adapter.ts'
import { ChatError } from '../domain/errors.ts'
import type { OfflineMessage } from '../domain/model.ts'
import type { OfflineMessageDraft } from '../domain/offline-messages.ts'
import type { Clock } from './clock.ts'
import type { DeliveryWorker } from './delivery-worker.ts'
import { toOfflineMessage } from './offline-message.ts'
import {
  MessageNotStoredError,
  type OfflineStore,
  type QueueLimits,
  type StoredMessage,
} from './offline-store.ts'

/** The store, worker and limits of the outbox. */
export interface OutboxOptions {
  readonly store: OfflineStore
  readonly worker: Pick<DeliveryWorker, 'deliver'>
  readonly clock: Clock
  /** How long `send` and `retry` wait for the outcome of the first attempt. */
  readonly firstAttemptTimeoutMs: number
  readonly limits: QueueLimits
  /** Hashes a client's address, so that the store holds no address. */
  readonly hashAddress: (address: string) => string
  /** Receives the client's address of each message that is rejected because a limit is reached. */
  readonly onRateLimited: (clientAddress: string | null) => void
}

/** The sender of a message. */
export interface OfflineSender extends Pick<CallContext, 'caller' | 'log'> {
  /** The client's address that limits count; null if unknown. */
  readonly clientAddress: string | null
}

/** When to retry a message that was rejected because a limit is reached. */
const RETRY_AFTER_MS = 60_000

const limitDetails: Readonly<Record<keyof QueueLimits, string>> = {
  provider: 'Too many offline messages are queued for this provider; the message was not accepted.',
  sender:
    'Too many offline messages from this network address are not delivered yet; the message was not accepted.',
  email:
    'Too many offline messages from this e-mail address are not delivered yet; the message was not accepted.',
}

type AcceptedListener = (message: OfflineMessage) => void

/** Accepts offline messages: a message that it returns is stored and is delivered without further help of its sender. */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #listeners = new Set<AcceptedListener>()

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /**
   * Stores the message, then waits a short time for the first attempt, whose outcome `delivery` shows: a rejection by
   * the provider is a `FAILED` delivery, not an error here. The same key with the same draft returns the same message.
   * Rejects with CONFLICT for another draft, with RATE_LIMITED if a queue limit is reached, and with PROVIDER_UNAVAILABLE
   * or OUTCOME_UNKNOWN if the message could not, or may not, have been stored.
   */
  async send(
    { name: provider }: Pick<ChatAdapter, 'name'>,
    draft: OfflineMessageDraft,
    idempotencyKey: string | null,
    sender: OfflineSender,
  ): Promise<OfflineMessage> {
    const { store, clock, limits, onRateLimited } = this.#options
    const request = {
      id: randomUUID(),
      provider,
      draft,
      idempotencyKey,
      senderHash: this.#hashSender(sender),
      acceptedAt: new Date(clock.now()),
    }
    const result = await store.accept(request, limits).catch((error: unknown) => {
      sender.log.error({ err: error, provider }, 'offline message could not be stored')
      throw toStoreError(error)
    })
    if (result.outcome === 'limited') {
      onRateLimited(sender.clientAddress)
      const options = { provider, retryAfterMs: RETRY_AFTER_MS }
      throw new ChatError('RATE_LIMITED', limitDetails[result.exceededLimit], options)
    }
    if (result.outcome === 'conflict') {
      const detail = 'This idempotency key was used with another input.'
      throw new ChatError('CONFLICT', detail, { field: 'idempotencyKey', provider })
    }
    const { message, outcome } = result
    if (outcome === 'stored') this.#publish(message)
    return this.#afterFirstAttempt(message)
  }

  /** Requeues an `UNCONFIRMED` or `FAILED` message; null for another state or an unknown id. */
  async retry(id: string): Promise<OfflineMessage | null> {
    const { store, clock } = this.#options
    const message = await store.retry(id, new Date(clock.now()))
    return message && this.#afterFirstAttempt(message)
  }

  /** Gives up a message that is neither sent nor being sent; null for another state or an unknown id. */
  async discard(id: string): Promise<OfflineMessage | null> {
    const { store, clock } = this.#options
    const message = await store.discard(id, new Date(clock.now()))
    return message && toOfflineMessage(message)
  }

  /** Erases all messages of an e-mail address, ignoring case, for these providers or, with null, for all. */
  erase(email: string, providers: readonly string[] | null): Promise<number> {
    return this.#options.store.erase(email, providers)
  }

  /** Calls the listener with each message that this process stores; returns a function that removes it. */
  onAccepted(listener: AcceptedListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** An operator's server sends messages of many visitors: its address is not counted. */
  #hashSender({ caller, clientAddress }: OfflineSender): string | null {
    if (caller.role === 'OPERATOR' || clientAddress === null) return null
    return this.#options.hashAddress(clientAddress)
  }

  #publish(message: StoredMessage): void {
    for (const listener of this.#listeners) listener(toOfflineMessage(message))
  }

  async #afterFirstAttempt(message: StoredMessage): Promise<OfflineMessage> {
    const { store, worker, firstAttemptTimeoutMs } = this.#options
    if (message.state === 'QUEUED' || message.state === 'SENDING') {
      await worker.deliver(message, firstAttemptTimeoutMs)
    }
    // The message is stored and will be delivered, even if the store cannot return its current state.
    const [current] = await store.find([message.id]).catch(() => [message])
    return toOfflineMessage(current ?? message)
  }
}

function toStoreError(error: unknown): unknown {
  if (!(error instanceof MessageNotStoredError)) return error
  const [code, detail] = error.mayHaveBeenStored
    ? ([
        'OUTCOME_UNKNOWN',
        'The message may or may not have been accepted; retry with an idempotencyKey.',
      ] as const)
    : ([
        'PROVIDER_UNAVAILABLE',
        'The gateway cannot store messages at the moment; the message was not accepted.',
      ] as const)
  return new ChatError(code, detail, { cause: error })
}
