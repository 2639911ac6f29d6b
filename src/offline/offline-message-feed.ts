import type { Logger } from 'pino'
import type { ChatAdapter } from '../domain/adapter.ts'
import { createOperatorCaller } from '../domain/caller.ts'
import { checkCapability } from '../domain/capability.ts'
import { ChatError } from '../domain/errors.ts'
import type { OfflineMessage } from '../domain/model.ts'
import { BoundedQueue } from '../live/delivery/bounded-queue.ts'
import type { Outbox } from './outbox.ts'
import { Poller } from './poller.ts'
import { ProviderFeed } from './provider-feed.ts'
import { StoreFeed } from './store-feed.ts'
import type { StoredMessageList } from './stored-message-list.ts'

const MAX_QUEUED_MESSAGES = 256

/** The sources of the feed, and how often they are polled. */
export interface OfflineMessageFeedOptions {
  readonly adapters: readonly ChatAdapter[]
  readonly list: Pick<StoredMessageList, 'acceptedSince' | 'findCopiesOf'>
  readonly outbox: Pick<Outbox, 'onAccepted'>
  /** Milliseconds between two polls of a provider's list. */
  readonly providerIntervalMs: number
  /** Milliseconds between two polls of the store; minimum between two requested polls of a provider's list. */
  readonly storeIntervalMs: number
  readonly log: Logger
}

/** The providers to receive messages of, and the signal that ends the subscription. */
export interface OfflineMessageFeedRequest {
  readonly providers: readonly string[]
  readonly signal: AbortSignal
}

interface Subscriber {
  readonly providers: ReadonlySet<string>
  readonly queue: BoundedQueue<OfflineMessage>
}

/**
 * Delivers each new offline message once: those accepted in this process at once, those of other processes when they
 * appear in the store, and those of the providers' own lists. One poller per provider and one of the store run while
 * there are subscribers, whatever their number.
 */
export class OfflineMessageFeed {
  readonly #options: OfflineMessageFeedOptions
  readonly #subscribers = new Set<Subscriber>()
  readonly #providerPollers = new Map<string, Poller>()
  #stopStoreFeed: (() => void) | null = null

  constructor(options: OfflineMessageFeedOptions) {
    this.#options = options
  }

  /** Numbers of subscribers, and of providers that are polled for them. */
  get counts(): { readonly subscribers: number; readonly providers: number } {
    return { subscribers: this.#subscribers.size, providers: this.#providerPollers.size }
  }

  /** New messages from now on. A subscriber that reads too slowly receives what is queued, then RATE_LIMITED. */
  subscribe({ providers, signal }: OfflineMessageFeedRequest): AsyncIterableIterator<OfflineMessage> {
    signal.throwIfAborted()
    const queue = new BoundedQueue<OfflineMessage>(MAX_QUEUED_MESSAGES, () => this.#remove(subscriber))
    const subscriber: Subscriber = { providers: new Set(providers), queue }
    signal.addEventListener('abort', () => void queue.return(), { once: true })
    this.#subscribers.add(subscriber)
    this.#stopStoreFeed ??= this.#startStoreFeed()
    for (const adapter of this.#options.adapters) {
      const isWanted = subscriber.providers.has(adapter.name) && hasOwnList(adapter)
      if (isWanted && !this.#providerPollers.has(adapter.name))
        this.#providerPollers.set(adapter.name, this.#startProviderPoller(adapter))
    }
    return queue
  }

  /** Polls a provider's list soon, if it has subscribers. */
  requestPoll(provider: string): void {
    this.#providerPollers.get(provider)?.requestPoll()
  }

  /** Ends all subscriptions. */
  close(): void {
    for (const { queue } of [...this.#subscribers]) queue.end()
  }

  #remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber)
    for (const [provider, poller] of this.#providerPollers) {
      if ([...this.#subscribers].some(({ providers }) => providers.has(provider))) continue
      this.#providerPollers.delete(provider)
      poller.stop()
    }
    if (this.#subscribers.size > 0) return
    this.#stopStoreFeed?.()
    this.#stopStoreFeed = null
  }

  #publish(messages: readonly OfflineMessage[]): void {
    for (const { providers, queue } of [...this.#subscribers]) {
      const wanted = messages.filter(({ provider }) => providers.has(provider))
      if (wanted.length > 0 && !queue.push(wanted)) queue.end(tooSlowError())
    }
  }

  #startStoreFeed(): () => void {
    const { adapters, list, outbox, storeIntervalMs, log } = this.#options
    const providers = adapters.map(({ name }) => name)
    const feed = new StoreFeed(list, providers)
    const stopListening = outbox.onAccepted((message) => {
      if (feed.markSeen(message)) this.#publish([message])
    })
    const poller = new Poller({
      intervalMs: storeIntervalMs,
      minIntervalMs: storeIntervalMs,
      poll: async (signal) => {
        const messages = await feed.poll()
        if (!signal.aborted) this.#publish(messages)
      },
      onFailure: (error) => log.warn({ err: error }, 'new offline messages cannot be read from the store'),
    })
    return () => {
      stopListening()
      poller.stop()
    }
  }

  #startProviderPoller(adapter: ChatAdapter): Poller {
    const { list, providerIntervalMs, storeIntervalMs, log } = this.#options
    const { name: provider } = adapter
    const feed = new ProviderFeed(adapter, list, log)
    return new Poller({
      intervalMs: providerIntervalMs,
      minIntervalMs: storeIntervalMs,
      poll: async (signal) => {
        const messages = await feed.poll(signal)
        if (!signal.aborted) this.#publish(messages)
      },
      onFailure: (error) =>
        log.warn({ err: error, provider }, 'new offline messages of the provider cannot be determined'),
    })
  }
}

function hasOwnList(adapter: ChatAdapter): boolean {
  return checkCapability(adapter, 'LIST_OFFLINE_MESSAGES', createOperatorCaller('gateway')) === null
}

function tooSlowError(): ChatError {
  const detail = 'This subscription was read too slowly and may miss messages; query `offlineMessages`.'
  return new ChatError('RATE_LIMITED', detail)
}
