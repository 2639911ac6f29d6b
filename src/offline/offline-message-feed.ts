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

const MESSAGES_WAITING = 256

/** What is watched, and how often it is looked at. */
export interface OfflineMessageFeedOptions {
  readonly adapters: readonly ChatAdapter[]
  readonly list: Pick<StoredMessageList, 'acceptedSince' | 'findCopiesOf'>
  readonly outbox: Pick<Outbox, 'onAccepted'>
  /** Milliseconds between two looks at a provider's list. */
  readonly providerIntervalMs: number
  /** Milliseconds between two looks at the store, and between two at a provider that is nudged. */
  readonly storeIntervalMs: number
  readonly log: Logger
}

/** Which providers' messages, and the signal with which the watcher leaves. */
export interface OfflineMessageFeedRequest {
  readonly providers: readonly string[]
  readonly signal: AbortSignal
}

interface Watcher {
  readonly providers: ReadonlySet<string>
  readonly queue: BoundedQueue<OfflineMessage>
}

/**
 * Tells of new offline messages, each once: those accepted in this process at once, those that other processes
 * accepted as the store shows them, and those found in the providers' own lists. There is one poller per provider
 * and one of the store, however many watch, from the first watcher to the last.
 */
export class OfflineMessageFeed {
  readonly #options: OfflineMessageFeedOptions
  readonly #watchers = new Set<Watcher>()
  readonly #lookers = new Map<string, Poller>()
  #endOwn: (() => void) | null = null

  constructor(options: OfflineMessageFeedOptions) {
    this.#options = options
  }

  /** How many watch, and how many providers' lists are looked at for them. */
  get counts(): { readonly subscribers: number; readonly providers: number } {
    return { subscribers: this.#watchers.size, providers: this.#lookers.size }
  }

  /** New messages from now on. One who reads too slowly gets what waits, then RATE_LIMITED. */
  subscribe({ providers, signal }: OfflineMessageFeedRequest): AsyncIterableIterator<OfflineMessage> {
    signal.throwIfAborted()
    const queue = new BoundedQueue<OfflineMessage>(MESSAGES_WAITING, () => this.#leave(watcher))
    const watcher: Watcher = { providers: new Set(providers), queue }
    signal.addEventListener('abort', () => void queue.return(), { once: true })
    this.#watchers.add(watcher)
    this.#endOwn ??= this.#lookAtOwn()
    for (const adapter of this.#options.adapters) {
      const listed = watcher.providers.has(adapter.name) && listsItsOwn(adapter)
      if (listed && !this.#lookers.has(adapter.name)) this.#lookers.set(adapter.name, this.#lookAt(adapter))
    }
    return queue
  }

  /** New messages may be in a provider's list: where somebody watches it, it is looked at soon. */
  requestPoll(provider: string): void {
    this.#lookers.get(provider)?.requestPoll()
  }

  /** Ends every stream. */
  close(): void {
    for (const { queue } of [...this.#watchers]) queue.end()
  }

  #leave(watcher: Watcher): void {
    this.#watchers.delete(watcher)
    for (const [provider, looker] of this.#lookers) {
      if ([...this.#watchers].some(({ providers }) => providers.has(provider))) continue
      this.#lookers.delete(provider)
      looker.stop()
    }
    if (this.#watchers.size > 0) return
    this.#endOwn?.()
    this.#endOwn = null
  }

  #tell(messages: readonly OfflineMessage[]): void {
    for (const { providers, queue } of [...this.#watchers]) {
      const wanted = messages.filter(({ provider }) => providers.has(provider))
      if (wanted.length > 0 && !queue.push(wanted)) queue.end(tooSlow())
    }
  }

  #lookAtOwn(): () => void {
    const { adapters, list, outbox, storeIntervalMs: storeEveryMs, log } = this.#options
    const names = adapters.map(({ name }) => name)
    const news = new StoreFeed(list, names)
    const stopListening = outbox.onAccepted((message) => {
      if (news.markSeen(message)) this.#tell([message])
    })
    const looker = new Poller({
      intervalMs: storeEveryMs,
      minIntervalMs: storeEveryMs,
      poll: async (signal) => {
        const messages = await news.poll()
        if (!signal.aborted) this.#tell(messages)
      },
      onFailure: (error) => log.warn({ err: error }, 'new offline messages cannot be read from the store'),
    })
    return () => {
      stopListening()
      looker.stop()
    }
  }

  #lookAt(adapter: ChatAdapter): Poller {
    const { list, providerIntervalMs: providerEveryMs, storeIntervalMs: storeEveryMs, log } = this.#options
    const news = new ProviderFeed(adapter, list, log)
    return new Poller({
      intervalMs: providerEveryMs,
      minIntervalMs: storeEveryMs,
      poll: async (signal) => {
        const messages = await news.poll(signal)
        if (!signal.aborted) this.#tell(messages)
      },
      onFailure: (error) =>
        log.warn(
          { err: error, provider: adapter.name },
          'new offline messages cannot be read from the provider',
        ),
    })
  }
}

function listsItsOwn(adapter: ChatAdapter): boolean {
  return checkCapability(adapter, 'LIST_OFFLINE_MESSAGES', createOperatorCaller('gateway')) === null
}

function tooSlow(): ChatError {
  return new ChatError('RATE_LIMITED', 'Offline messages may be missing here; look at `offlineMessages`.')
}
