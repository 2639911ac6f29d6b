import type { Caller } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { ProviderPush, PushSubscription, SignalReceiver } from '../../domain/push.ts'
import type { PushedSignal, RoomSignal } from '../../domain/signals.ts'
import { ConflatingQueue } from '../delivery/conflating-queue.ts'
import { SignalSender } from './signal-sender.ts'

/** Milliseconds within which the provider must accept the subscription. */
const START_TIMEOUT_MS = 10_000
/** Maximum number of senders of a room at a time: providers check little of what a client names as the one who types. */
const MAX_SENDERS = 32
/** Maximum number of queued signals per subscriber, of which each replaces the one before of its sender and type. */
const MAX_QUEUED_SIGNALS = 64

/** The signals of a room for one subscriber. */
export type SignalQueue = ConflatingQueue<RoomSignal>

/** A room, the credential that its signals are pushed to, and what the end of the source means to its owner. */
export interface SignalSourceOptions {
  readonly provider: string
  readonly roomId: string
  readonly caller: Caller
  readonly push: ProviderPush
  /** Proves the caller's access to the room, before the subscription is opened; null where no proof is needed. */
  readonly authorize: ((signal: AbortSignal) => Promise<unknown>) | null
  /** Called once, when the source is over: its last subscriber has left, or the provider has ended it. */
  readonly onStopped: () => void
}

/** A subscriber that waits for the provider to accept the subscription. */
interface Start {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
  readonly timer: NodeJS.Timeout
}

/**
 * The signals of one room as one credential sees them: one subscription at the provider for any number of subscribers, from
 * the first one to the last. Nothing is stored or repeated: a subscriber receives what is pushed while it is subscribed.
 */
export class SignalSource {
  readonly #options: SignalSourceOptions
  readonly #subscribers = new Set<SignalQueue>()
  readonly #starts = new Map<SignalQueue, Start>()
  readonly #senders = new Map<string, SignalSender>()
  readonly #stopping = new AbortController()
  #upstream: PushSubscription | null = null
  #state: 'new' | 'waiting' | 'live' | 'over' = 'new'

  constructor(options: SignalSourceOptions) {
    this.#options = options
  }

  /** Without those that wait for the provider to accept the subscription. */
  get subscriberCount(): number {
    return this.#subscribers.size - this.#starts.size
  }

  /**
   * Resolves when the provider has accepted the credential for the room. Rejects with the provider's refusal, and with
   * PROVIDER_UNAVAILABLE if it pushes nothing for now.
   */
  async subscribe(signal: AbortSignal): Promise<SignalQueue> {
    const queue: SignalQueue = new ConflatingQueue(() => this.#leave(queue), MAX_QUEUED_SIGNALS)
    this.#subscribers.add(queue)
    signal.addEventListener('abort', () => queue.close(), { once: true })
    const started = this.#state === 'live' ? null : this.#waitForStart(queue)
    if (this.#state === 'new') void this.#open()
    await started
    return queue
  }

  /** Ends every stream. */
  close(): void {
    for (const queue of [...this.#subscribers]) queue.end()
  }

  #waitForStart(queue: SignalQueue): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const detail = `The provider did not start to push signals within ${START_TIMEOUT_MS / 1_000} seconds.`
        this.#fail(queue, this.#unavailable(detail))
      }, START_TIMEOUT_MS).unref()
      this.#starts.set(queue, { resolve, reject, timer })
    })
  }

  async #open(): Promise<void> {
    this.#state = 'waiting'
    const { authorize } = this.#options
    try {
      if (authorize) await authorize(this.#stopping.signal)
      if (!this.#isOver) this.#upstream = this.#subscribeUpstream()
    } catch (error) {
      if (!this.#isOver) this.#failAll(error)
    }
    // The provider may have refused the subscription before the call returned.
    if (this.#isOver) this.#upstream?.close()
  }

  #subscribeUpstream(): PushSubscription {
    const { push, roomId, caller } = this.#options
    const receiver: SignalReceiver = {
      onLive: () => this.#onLive(),
      onDown: (_reason, isFinal, error) => this.#onDown(isFinal, error),
      onSignal: (signal) => this.#onSignal(signal),
    }
    return push.subscribeToSignals(roomId, caller, receiver)
  }

  get #isOver(): boolean {
    return this.#state === 'over'
  }

  #onLive(): void {
    if (this.#isOver) return
    this.#state = 'live'
    for (const queue of [...this.#starts.keys()]) this.#takeStart(queue)?.resolve()
  }

  #onDown(isFinal: boolean, error: ChatError | undefined): void {
    if (this.#isOver) return
    this.#state = 'waiting'
    if (isFinal)
      this.#failAll(error ?? this.#unavailable('The provider no longer pushes the signals of this room.'))
  }

  /** What arrives before the provider has accepted the credential is not delivered. */
  #onSignal(signal: PushedSignal): void {
    if (this.#state === 'live') this.#senderOf(signal)?.accept(signal)
  }

  /** Finds the sender; null where the room has too many. */
  #senderOf(signal: PushedSignal): SignalSender | null {
    const key = senderKey(signal)
    const known = this.#senders.get(key)
    if (known) return known
    if (this.#senders.size >= MAX_SENDERS && !this.#forgetIdleSender()) return null
    const { provider, roomId } = this.#options
    const sender = new SignalSender((delivered) => {
      // One object for all subscribers: those that share an execution share its result.
      const event: RoomSignal = { provider, roomId, signal: delivered }
      for (const queue of this.#subscribers) queue.put(`${delivered.type} ${key}`, event)
    })
    this.#senders.set(key, sender)
    return sender
  }

  #forgetIdleSender(): boolean {
    for (const [key, { isIdle }] of this.#senders) if (isIdle) return this.#senders.delete(key)
    return false
  }

  #failAll(error: unknown): void {
    for (const queue of [...this.#subscribers]) this.#fail(queue, error)
  }

  #fail(queue: SignalQueue, error: unknown): void {
    this.#takeStart(queue)?.reject(error)
    queue.end(error)
  }

  #leave(queue: SignalQueue): void {
    this.#takeStart(queue)?.reject(new DOMException('The subscriber left.', 'AbortError'))
    this.#subscribers.delete(queue)
    if (this.#subscribers.size === 0) this.#stop()
  }

  #takeStart(queue: SignalQueue): Start | undefined {
    const start = this.#starts.get(queue)
    this.#starts.delete(queue)
    clearTimeout(start?.timer)
    return start
  }

  #stop(): void {
    this.#state = 'over'
    this.#stopping.abort()
    this.#upstream?.close()
    this.#upstream = null
    for (const sender of this.#senders.values()) sender.close()
    this.#options.onStopped()
  }

  #unavailable(detail: string): ChatError {
    return new ChatError('PROVIDER_UNAVAILABLE', detail, { provider: this.#options.provider })
  }
}

/** The position in the queue has no sender of its own. */
function senderKey(signal: PushedSignal): string {
  if (signal.type === 'Queue') return 'queue'
  const { role, nativeId } = signal.participant
  return JSON.stringify([role, nativeId])
}
