import type { ChatError } from '../../../domain/errors.ts'
import type { PushStateReceiver, PushSubscription } from '../../../domain/push.ts'
import type { DdpConnection } from './ddp-connection.ts'
import type { StreamName } from './ddp-frames.ts'

/** One stream of a shared subscription. */
export interface StreamSpec<Item> {
  readonly stream: StreamName
  readonly event: string
  /**
   * `required`: the subscription is not live without it, and ends if it is refused. `awaited`: the subscription is live after
   * the server's answer, whatever it is, unless the server's limits let the request wait. `optional`: it is not waited for.
   */
  readonly need: 'required' | 'awaited' | 'optional'
  /** Whether the server refuses it to those only who have no such room; else it can refuse a state of the room, too. */
  readonly provesAccess?: true
  /** Reads what an event contains. */
  read(args: readonly unknown[]): readonly Item[]
}

/** One of those who share a subscription. */
export interface SharedReceiver<Item> {
  readonly state: PushStateReceiver
  deliver(item: Item): void
}

export interface SharedSubscriptionSpec<Item> {
  readonly streams: readonly StreamSpec<Item>[]
  /** The visitor whose token is the credential; null for the login of the connection. */
  readonly visitorToken: string | null
  /** Whether the server has accepted the token lately; absent for the login of the connection. */
  readonly isProven?: () => boolean
  /** The error of callers whom the server refuses, for `onDown`. */
  readonly refusal: ChatError | null
  /** Called before the receivers, when the server has accepted the credential. */
  readonly onLive?: () => void
}

/** Shared subscriptions by room and credential. */
export type SharedSubscriptions<Item> = Map<string, SharedSubscription<Item>>

const NO_ACCESS = 'The server pushes no such room to this caller.'
const REFUSED = 'The server refuses to push this room, as it does with closed ones.'
const UNKNOWN_STREAM = 'The server does not have the streams of this release’s push.'

/**
 * What one credential subscribes to of one room, shared by all receivers with that credential. A connection carries it;
 * when that goes down, its owner attaches it to another one.
 */
export class SharedSubscription<Item> {
  readonly #spec: SharedSubscriptionSpec<Item>
  readonly #onUnused: () => void
  readonly #receivers = new Set<SharedReceiver<Item>>()
  #connection: DdpConnection | null = null
  #unsubscribe: (() => void)[] = []
  /** Streams without which the subscription is not live. */
  #missing = 0
  #state: 'pending' | 'live' | 'ended' = 'pending'
  #reason: string | null = null
  #answer: (isLive: true | null) => void = () => {}
  /** Resolves with true when it first is live, and with null when it ends before. */
  readonly firstAnswer = new Promise<true | null>((resolve) => {
    this.#answer = resolve
  })

  /** `onUnused` is called once, when the last receiver has closed or the server has refused the subscription. */
  constructor(spec: SharedSubscriptionSpec<Item>, onUnused: () => void) {
    this.#spec = spec
    this.#onUnused = onUnused
  }

  /** Whether the server has accepted the credential lately: anybody can invent a token. */
  get isProven(): boolean {
    return this.#spec.isProven?.() ?? true
  }

  get hasEnded(): boolean {
    return this.#state === 'ended'
  }

  /** Adds a receiver; it is called later, not by this call. */
  add(receiver: SharedReceiver<Item>): PushSubscription {
    const subscription = this
    this.#receivers.add(receiver)
    queueMicrotask(() => this.#introduce(receiver))
    return {
      get aliveAt() {
        return subscription.#receivers.has(receiver) ? (subscription.#connection?.aliveAt ?? null) : null
      },
      close: () => {
        if (this.#receivers.delete(receiver) && this.#receivers.size === 0) this.#end()
      },
    }
  }

  /** Whether the connection accepts all that makes this subscription live at once. */
  fitsOnto(connection: DdpConnection): boolean {
    return this.#spec.streams.every(
      ({ stream, need }) => need !== 'required' || connection.delayMs(stream) === 0,
    )
  }

  /** Subscribes on a connection that is up. */
  attach(connection: DdpConnection): void {
    if (this.#state === 'ended') return
    this.#connection = connection
    const needed = this.#spec.streams.filter(({ need }) => need !== 'optional')
    const awaited = new Set(needed.filter((spec) => isAwaited(spec, connection)))
    this.#missing = awaited.size
    for (const spec of needed) this.#subscribe(spec, connection, awaited.has(spec))
    if (connection === this.#connection && this.#missing === 0) this.#goLive()
    // Later: what else is attached now comes first.
    setImmediate(() => {
      for (const spec of this.#spec.streams) {
        if (spec.need === 'optional') this.#subscribe(spec, connection, false)
      }
    })
  }

  /** A refusal, or the end of the connection, can have come at once; then it does nothing. */
  #subscribe(spec: StreamSpec<Item>, connection: DdpConnection, isAwaited: boolean): void {
    if (connection !== this.#connection) return
    const countAnswer = () => {
      if (isAwaited) this.#countAnswer(connection)
    }
    const unsubscribe = connection.subscribe({
      stream: spec.stream,
      event: spec.event,
      visitorToken: this.#spec.visitorToken,
      isUrgent: spec.need !== 'optional',
      onReady: countAnswer,
      onRefused: ({ code }) => (spec.need === 'required' ? this.#onRefused(spec, code) : countAnswer()),
      onEvent: (args) => {
        for (const item of spec.read(args)) this.publish(item)
      },
    })
    this.#unsubscribe.push(unsubscribe)
  }

  /** Its connection is gone, or could not be made: it waits for another one. */
  detach(reason: string): void {
    if (this.#state === 'ended') return
    this.#connection = null
    this.#unsubscribe = []
    const isKnown = this.#state === 'pending' && this.#reason === reason
    this.#state = 'pending'
    this.#reason = reason
    if (!isKnown) for (const { state } of [...this.#receivers]) state.onDown(reason, false)
  }

  /** Ends it for all receivers. `error` is what a read would throw, where the server refuses this caller. */
  refuse(reason: string, error: ChatError | null): void {
    if (this.#state === 'ended') return
    const receivers = [...this.#receivers]
    this.#receivers.clear()
    this.#end()
    for (const { state } of receivers) state.onDown(reason, true, ...(error ? [error] : []))
  }

  /** Delivers an item to all receivers; to nobody while it is not live: then the right to read it is not proven. */
  publish(item: Item): void {
    if (this.#state !== 'live') return
    for (const receiver of [...this.#receivers]) if (this.#receivers.has(receiver)) receiver.deliver(item)
  }

  #introduce(receiver: SharedReceiver<Item>): void {
    if (!this.#receivers.has(receiver)) return
    if (this.#state === 'live') receiver.state.onLive()
    else if (this.#reason !== null) receiver.state.onDown(this.#reason, false)
  }

  #countAnswer(connection: DdpConnection): void {
    if (connection !== this.#connection || this.#state !== 'pending') return
    this.#missing -= 1
    if (this.#missing === 0) this.#goLive()
  }

  #onRefused({ provesAccess }: StreamSpec<Item>, code: string): void {
    if (code === '404') this.refuse(UNKNOWN_STREAM, null)
    else if (provesAccess) this.refuse(NO_ACCESS, this.#spec.refusal)
    else this.refuse(REFUSED, null)
  }

  #goLive(): void {
    this.#state = 'live'
    this.#reason = null
    this.#spec.onLive?.()
    this.#answer(true)
    for (const { state } of [...this.#receivers]) state.onLive()
  }

  #end(): void {
    this.#state = 'ended'
    const unsubscribe = this.#unsubscribe
    this.#connection = null
    this.#unsubscribe = []
    for (const end of unsubscribe) end()
    this.#answer(null)
    this.#onUnused()
  }
}

/** Adds a receiver to the shared subscription of a key. The first one makes `start` carry it, until `end`. */
export function share<Item>(
  subscriptions: SharedSubscriptions<Item>,
  key: string,
  receiver: SharedReceiver<Item>,
  {
    spec,
    start,
    end,
  }: {
    readonly spec: SharedSubscriptionSpec<Item>
    start(subscription: SharedSubscription<Item>): void
    end(subscription: SharedSubscription<Item>): void
  },
): PushSubscription {
  const known = subscriptions.get(key)
  if (known) return known.add(receiver)
  const created: SharedSubscription<Item> = new SharedSubscription(spec, () => {
    subscriptions.delete(key)
    end(created)
  })
  subscriptions.set(key, created)
  queueMicrotask(() => {
    if (!created.hasEnded) start(created)
  })
  return created.add(receiver)
}

function isAwaited<Item>({ need, stream }: StreamSpec<Item>, connection: DdpConnection): boolean {
  return need === 'required' || (need === 'awaited' && connection.delayMs(stream) === 0)
}
