import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import { type Caller, hashCallerToken } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { ProviderPush } from '../../domain/push.ts'
import type { UnverifiedSubscriptions } from '../polling/unverified-subscriptions.ts'
import { type SignalQueue, SignalSource, type SignalSourceOptions } from './signal-source.ts'

/** A subscription to the signals of a room. */
export interface SignalRequest {
  readonly adapter: ChatAdapter
  readonly roomId: string
  /** The caller; its signal aborts when the client disconnects. */
  readonly call: Pick<CallContext, 'caller' | 'clientAddress' | 'log' | 'signal'>
}

/** Numbers of subscriptions at the providers, and of the subscribers that share them and have started. */
export interface SignalCounts {
  readonly sources: number
  readonly subscribers: number
}

/**
 * Typing, seen and queue positions of rooms. Signals come from the providers' push alone: nothing is polled or stored. Subscribers of a
 * room share one subscription at the provider if they have the same credential; those with another one never see its signals.
 */
export class SignalHub {
  readonly #unverified: UnverifiedSubscriptions
  readonly #sources = new Map<string, SignalSource>()

  /** `unverified` limits the subscriptions of callers whose credential no provider has accepted yet. */
  constructor(unverified: UnverifiedSubscriptions) {
    this.#unverified = unverified
  }

  get counts(): SignalCounts {
    const counts = [...this.#sources.values()].map(({ subscriberCount }) => subscriberCount)
    return { sources: counts.length, subscribers: counts.reduce((sum, count) => sum + count, 0) }
  }

  /**
   * Resolves when the provider has accepted the caller's credential for the room. Rejects with UNSUPPORTED where the
   * provider does not push to this caller, and with the provider's refusal.
   */
  async subscribe(request: SignalRequest): Promise<SignalQueue> {
    const { adapter, roomId, call } = request
    const { caller, clientAddress, signal } = call
    signal.throwIfAborted()
    const push = requirePush(adapter, caller)
    if (adapter.isVerified(caller)) return this.#sourceOf(request, push, null).subscribe(signal)
    const authorize = (untilStopped: AbortSignal) => readRoom(request, untilStopped)
    return this.#unverified.run(
      { provider: adapter.name, roomId, caller, clientAddress: clientAddress ?? '' },
      signal,
      (untilDropped) => this.#sourceOf(request, push, authorize).subscribe(untilDropped),
    )
  }

  /** Ends every stream. */
  close(): void {
    for (const source of [...this.#sources.values()]) source.close()
  }

  #sourceOf(
    { adapter, roomId, call: { caller } }: SignalRequest,
    push: ProviderPush,
    authorize: SignalSourceOptions['authorize'],
  ): SignalSource {
    const provider = adapter.name
    const key = sourceKey(provider, roomId, caller)
    const running = this.#sources.get(key)
    if (running) return running
    const onStopped = () => void this.#sources.delete(key)
    const source = new SignalSource({ provider, roomId, caller, push, authorize, onStopped })
    this.#sources.set(key, source)
    return source
  }
}

/**
 * Reads the newest messages of the room with the credential of a caller that the provider has not accepted yet: invented
 * tokens must not open sockets at the provider. Throws if the caller may not see the room.
 */
function readRoom({ adapter, roomId, call }: SignalRequest, signal: AbortSignal): Promise<unknown> {
  const { caller, clientAddress = null, log } = call
  const now = { micros: Date.now() * 1_000, id: '' }
  const priority = 'subscribe'
  return adapter.readRecentMessages(roomId, now, { caller, clientAddress, log, signal, priority })
}

/** Throws UNSUPPORTED, with the reason, where the provider does not push to this caller. */
function requirePush({ name: provider, push }: ChatAdapter, caller: Caller): ProviderPush {
  if (push === null) throw new ChatError('UNSUPPORTED', 'The provider’s push is off.', { provider })
  const reason = push.denialReason(caller)
  if (reason !== null) throw new ChatError('UNSUPPORTED', reason, { provider })
  return push
}

/** All operators are served with the service account's credential. */
function sourceKey(provider: string, roomId: string, caller: Caller): string {
  const token = caller.role === 'VISITOR' ? hashCallerToken(caller) : null
  return JSON.stringify([provider, roomId, caller.role, token])
}
