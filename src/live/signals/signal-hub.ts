import type { ChatAdapter } from '../../domain/adapter.ts'
import { type Caller, hashCallerToken } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { ProviderPush } from '../../domain/push.ts'
import type { UnverifiedSubscriptions } from '../polling/unverified-subscriptions.ts'
import { type SignalQueue, SignalSource } from './signal-source.ts'

/** A subscription to the signals of a room. */
export interface SignalRequest {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly caller: Caller
  /** The client address that limits are counted by; null where it is not known. */
  readonly clientAddress: string | null
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal
}

/** Numbers of subscriptions at the providers, and of the subscribers that share them. */
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
    const { adapter, roomId, caller, clientAddress, signal } = request
    signal.throwIfAborted()
    const push = requirePush(adapter, caller)
    if (adapter.isVerified(caller)) return this.#sourceOf(request, push).subscribe(signal)
    return this.#unverified.run(
      { provider: adapter.name, roomId, caller, clientAddress: clientAddress ?? '' },
      signal,
      (untilDropped) => this.#sourceOf(request, push).subscribe(untilDropped),
    )
  }

  /** Ends every stream. */
  close(): void {
    for (const source of [...this.#sources.values()]) source.close()
  }

  #sourceOf({ adapter, roomId, caller }: SignalRequest, push: ProviderPush): SignalSource {
    const provider = adapter.name
    const key = sourceKey(provider, roomId, caller)
    const running = this.#sources.get(key)
    if (running) return running
    const onStopped = () => void this.#sources.delete(key)
    const source = new SignalSource({ provider, roomId, caller, push, onStopped })
    this.#sources.set(key, source)
    return source
  }
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
