import { type PushProtocol, PushSocket, type PushSocketOptions } from '../../../upstream/push-socket.ts'
import { type DdpError, readFrame, type StreamName } from './ddp-frames.ts'
import { StreamPace } from './stream-pace.ts'

/** A login with a token. */
export interface DdpLogin {
  /** A personal access token, or another login token. */
  readonly token: string
  /** The reason to report where the server refuses it; names the setting, not the token. */
  readonly refusal: string
}

/** An event of a stream to subscribe to, and the receiver of the server's answers and events. */
export interface StreamRequest {
  readonly stream: StreamName
  readonly event: string
  /** The visitor whose room it is; null where the login of the connection gives the right. */
  readonly visitorToken: string | null
  /** Whether it may use the last calls that the server accepts at present; others leave half of them. */
  readonly isUrgent: boolean
  onReady(): void
  onRefused(error: DdpError): void
  /** Called after `onReady` only. */
  onEvent(args: readonly unknown[]): void
}

/** Receives the state of a connection. */
export interface DdpConnectionListener {
  /** Connected, and logged in where there is a login. There are no subscriptions yet. */
  onUp(): void
  /** Not connected any more, and all subscriptions are gone; or no connection could be made. It is tried again. */
  onDown(reason: string): void
}

interface Subscription {
  readonly id: string
  readonly request: StreamRequest
  state: 'waiting' | 'sent' | 'ready'
}

/** A login that the server refuses, and a version that it does not speak, are tried again this rarely. */
const REFUSED_RETRY_MS = 10 * 60_000
/** Half of the calls that `StreamPace` allows. */
const URGENT_RESERVE = 20
const LOGIN_ID = 'login'
const OTHER_VERSION = 'The server speaks another version of the push protocol.'

/**
 * A client of DDP over one WebSocket (docs/providers/rocketchat.md 7.2). It subscribes no faster than the server accepts,
 * and waits as long as the server asks. After a reconnection it has no subscriptions: its owner makes them anew.
 */
export class DdpConnection implements PushProtocol {
  readonly #socket: PushSocket
  readonly #login: DdpLogin | null
  readonly #listener: DdpConnectionListener
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #byEvent = new Map<string, Set<Subscription>>()
  #subscriptionPaces = new Map<StreamName, StreamPace>()
  #methodPace = new StreamPace()
  #waiting = new Set<Subscription>()
  #timer: NodeJS.Timeout | null = null
  #nextId = 1
  #isUp = false

  /** `url` is a ws or wss address. It connects at once. */
  constructor(
    url: string,
    login: DdpLogin | null,
    listener: DdpConnectionListener,
    socketOptions: PushSocketOptions,
  ) {
    this.#login = login
    this.#listener = listener
    this.#socket = new PushSocket(url, this, socketOptions)
  }

  get isUp(): boolean {
    return this.#isUp
  }

  /** `performance.now()` at which the connection last showed life; null while it is not up. */
  get aliveAt(): number | null {
    return this.#isUp ? this.#socket.aliveAt : null
  }

  /** Milliseconds until an urgent subscription to this stream could be sent. */
  delayMs(stream: StreamName): number {
    return this.#paceOf(stream).delayMs(performance.now())
  }

  /**
   * Subscribes to an event, as soon as the server accepts it; only while the connection is up. Returns what ends the
   * subscription.
   */
  subscribe(request: StreamRequest): () => void {
    const subscription: Subscription = { id: String(this.#nextId++), request, state: 'waiting' }
    this.#waiting.add(subscription)
    this.#drain()
    return () => this.#unsubscribe(subscription)
  }

  /**
   * Calls a method whose name is a stream's, and ignores its result. Returns false, without a call, while the connection is
   * not up or the server accepts no more.
   */
  call(method: StreamName, params: readonly unknown[]): boolean {
    const now = performance.now()
    if (!this.#isUp || this.#methodPace.delayMs(now) > 0) return false
    this.#methodPace.take(now)
    this.#socket.send({ msg: 'method', method, id: `m${this.#nextId++}`, params })
    return true
  }

  /** Ends the connection. The listener is not called any more. */
  close(): void {
    this.#reset()
    this.#socket.close()
  }

  onOpen(): void {
    this.#socket.send({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] })
  }

  onFrame(value: unknown): void {
    const frame = readFrame(value)
    switch (frame?.type) {
      case 'connected':
        this.#onConnected()
        break
      case 'failed':
        this.#socket.reconnect(OTHER_VERSION, REFUSED_RETRY_MS)
        break
      case 'ping':
        this.#socket.send({ msg: 'pong', ...(frame.id !== null && { id: frame.id }) })
        break
      case 'ready':
        this.#onReady(frame.ids)
        break
      case 'nosub':
        this.#onRefused(frame.id, frame.error)
        break
      case 'result':
        if (frame.id === LOGIN_ID) this.#onLogin(frame.error)
        else this.#onResult(frame.error)
        break
      case 'event':
        this.#onEvent(frame.stream, frame.event, frame.args)
        break
      default:
    }
  }

  ping(): void {
    this.#socket.send({ msg: 'ping' })
  }

  onDown(reason: string): void {
    this.#reset()
    this.#listener.onDown(reason)
  }

  #onConnected(): void {
    if (this.#login === null) {
      this.#onLogin(null)
      return
    }
    const params = [{ resume: this.#login.token }]
    this.#socket.send({ msg: 'method', method: 'login', id: LOGIN_ID, params })
  }

  #onLogin(error: DdpError | null): void {
    if (this.#isUp) return
    if (error === null) {
      this.#isUp = true
      this.#socket.loggedIn()
      this.#listener.onUp()
      return
    }
    // A rate limit and a failure of the server pass by themselves.
    const isTransient = isRateLimit(error) || /^(5\d\d)?$/.test(error.code)
    if (isTransient) this.#socket.reconnect('The server could not process the login.', error.timeToResetMs)
    else this.#socket.reconnect(this.#login?.refusal ?? '', REFUSED_RETRY_MS)
  }

  #onReady(ids: readonly string[]): void {
    for (const id of ids) {
      const subscription = this.#subscriptions.get(id)
      if (subscription?.state !== 'sent') continue
      subscription.state = 'ready'
      subscription.request.onReady()
    }
  }

  /** The server also confirms an `unsub` with `nosub`; that subscription is not known any more. */
  #onRefused(id: string, error: DdpError | null): void {
    const subscription = this.#subscriptions.get(id)
    if (!subscription) return
    this.#forget(subscription)
    const refusal = error ?? { code: '', timeToResetMs: null }
    if (!isRateLimit(refusal)) {
      subscription.request.onRefused(refusal)
      return
    }
    this.#paceOf(subscription.request.stream).block(refusal.timeToResetMs, performance.now())
    subscription.state = 'waiting'
    this.#waiting.add(subscription)
    this.#drain()
  }

  #onResult(error: DdpError | null): void {
    if (error && isRateLimit(error)) this.#methodPace.block(error.timeToResetMs, performance.now())
  }

  /** The server tests the right when somebody subscribes: before it has answered, nothing is passed on. */
  #onEvent(stream: string, event: string, args: readonly unknown[]): void {
    for (const { state, request } of [...(this.#byEvent.get(keyOf(stream, event)) ?? [])]) {
      if (state === 'ready') request.onEvent(args)
    }
  }

  /** Sends the subscriptions that the server accepts now, and waits for the others. */
  #drain(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const now = performance.now()
    let waitMs = Number.POSITIVE_INFINITY
    for (const subscription of this.#waiting) {
      const { stream, isUrgent } = subscription.request
      const delayMs = this.#paceOf(stream).delayMs(now, isUrgent ? 0 : URGENT_RESERVE)
      if (delayMs > 0) waitMs = Math.min(waitMs, delayMs)
      else this.#sendSubscription(subscription, now)
    }
    if (this.#waiting.size === 0) return
    this.#timer = setTimeout(() => this.#drain(), Math.ceil(waitMs))
    this.#timer.unref()
  }

  #sendSubscription(subscription: Subscription, now: number): void {
    const { id, request } = subscription
    const { stream, event, visitorToken } = request
    this.#waiting.delete(subscription)
    this.#paceOf(stream).take(now)
    subscription.state = 'sent'
    this.#subscriptions.set(id, subscription)
    const key = keyOf(stream, event)
    const sameEvent = this.#byEvent.get(key) ?? new Set()
    this.#byEvent.set(key, sameEvent.add(subscription))
    // Each stream reads the token under another name (docs/providers/rocketchat.md 7.2).
    const args = visitorToken === null ? [] : [{ visitorToken, token: visitorToken }]
    this.#socket.send({ msg: 'sub', id, name: stream, params: [event, { useCollection: false, args }] })
  }

  #unsubscribe(subscription: Subscription): void {
    this.#waiting.delete(subscription)
    if (this.#subscriptions.get(subscription.id) !== subscription) return
    this.#forget(subscription)
    this.#socket.send({ msg: 'unsub', id: subscription.id })
  }

  #forget({ id, request: { stream, event } }: Subscription): void {
    const key = keyOf(stream, event)
    const sameEvent = this.#byEvent.get(key)
    for (const each of sameEvent ?? []) if (each.id === id) sameEvent?.delete(each)
    if (sameEvent?.size === 0) this.#byEvent.delete(key)
    this.#subscriptions.delete(id)
  }

  #paceOf(stream: StreamName): StreamPace {
    const known = this.#subscriptionPaces.get(stream)
    if (known) return known
    const pace = new StreamPace()
    this.#subscriptionPaces.set(stream, pace)
    return pace
  }

  /** The server counts each connection from zero. */
  #reset(): void {
    this.#isUp = false
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#waiting.clear()
    this.#subscriptions.clear()
    this.#byEvent.clear()
    this.#subscriptionPaces = new Map()
    this.#methodPace = new StreamPace()
  }
}

function isRateLimit({ code }: DdpError): boolean {
  return code === 'too-many-requests'
}

function keyOf(stream: string, event: string): string {
  return `${stream}\n${event}`
}
