import { type Credential, initPayloadOf } from './credential.ts'
import type { SocketConstructor, SocketLike } from './environment.ts'
import { errorsOf } from './errors.ts'
import { EventQueue } from './event-queue.ts'
import type { Result } from './request.ts'
import { ABORTED, LOST, type ResultStream, refusedEnd, type StreamEnd, type Subscription } from './stream.ts'

/** Milliseconds for the start of a connection, which a proxy may never answer. */
const START_MS = 10_000
/** Milliseconds of silence before a ping, and for its answer: a network that vanishes closes no socket. */
const PING_MS = 15_000
const PONG_MS = 8_000
/** Events that may wait for a slow reader. Beyond them it resumes after the last one that it has read. */
const MAX_WAITING = 1_000

interface Stream {
  readonly subscription: Subscription
  next(result: Result<object>): void
  end(end: StreamEnd): void
}

/** A message of the gateway; what it has depends on its type. */
interface ServerMessage {
  readonly type?: string
  readonly id?: string
  readonly payload?: { readonly data?: object | null; readonly errors?: unknown }
}

/** One WebSocket (graphql-transport-ws) with any number of subscriptions. It closes after the last of them, and is not reused. */
export class SocketConnection {
  /** Proves who the caller of all its subscriptions is. */
  readonly credential: Credential
  readonly #socket: SocketLike
  readonly #streams = new Map<string, Stream>()
  #isReady = false
  #isClosed = false
  #count = 0
  #timer: ReturnType<typeof setTimeout>

  /** `url` is the gateway's address for WebSockets. */
  constructor(url: string, credential: Credential, webSocket: SocketConstructor) {
    this.credential = credential
    this.#timer = setTimeout(() => this.#end({ reason: 'unopened' }), START_MS)
    const socket = new webSocket(url, 'graphql-transport-ws')
    socket.onopen = () => this.#send({ type: 'connection_init', payload: initPayloadOf(credential) })
    socket.onmessage = ({ data }: { readonly data: unknown }) => this.#receive(JSON.parse(String(data)))
    // A close event follows.
    socket.onerror = () => {}
    socket.onclose = ({ code, reason }: { readonly code: number; readonly reason: unknown }) =>
      this.#end(this.#endOf(code, String(reason)))
    this.#socket = socket
  }

  /** Whether new subscriptions need another connection. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Starts a subscription. It ends with the connection. */
  async *subscribe<Data extends object>(subscription: Subscription): ResultStream<Data> {
    const { signal } = subscription
    this.#count += 1
    const id = String(this.#count)
    const queue = new EventQueue<Result<Data>, StreamEnd>()
    const end = (reason: StreamEnd) => {
      queue.finish(reason)
      this.#leave(id)
    }
    const next = (result: Result<Data>) => {
      queue.push(result)
      if (queue.length >= MAX_WAITING) end(LOST)
    }
    const abort = () => end(ABORTED)
    this.#streams.set(id, { subscription, next, end })
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    if (this.#isReady) this.#start(id, subscription)
    try {
      return yield* queue.read()
    } finally {
      signal?.removeEventListener('abort', abort)
      this.#leave(id)
    }
  }

  #endOf(code: number, detail: string): StreamEnd {
    // The gateway does not accept the credential, or not any more.
    if (code === 4401 || code === 4403) return refusedEnd(detail)
    return this.#isReady ? LOST : { reason: 'unopened' }
  }

  #receive({ type, id = '', payload }: ServerMessage): void {
    this.#watch()
    const stream = this.#streams.get(id)
    if (type === 'connection_ack') {
      this.#isReady = true
      for (const [id, { subscription }] of this.#streams) this.#start(id, subscription)
    } else if (type === 'ping') this.#send({ type: 'pong' })
    else if (type === 'next') stream?.next({ data: payload?.data ?? null, errors: errorsOf(payload?.errors) })
    else if (type === 'error' || type === 'complete')
      stream?.end({ reason: 'ended', errors: errorsOf(payload) })
  }

  #start(id: string, { query, variables, onOpen }: Subscription): void {
    this.#send({ id, type: 'subscribe', payload: { query, variables } })
    onOpen()
  }

  /** Ends a subscription, and the connection with the last one. The gateway ignores the end of one that it has ended. */
  #leave(id: string): void {
    if (!this.#streams.delete(id)) return
    if (this.#isReady) this.#send({ id, type: 'complete' })
    if (this.#streams.size === 0) this.#end(ABORTED)
  }

  /** Expects a sign of life of the gateway. */
  #watch(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#send({ type: 'ping' })
      this.#timer = setTimeout(() => this.#end(LOST), PONG_MS)
    }, PING_MS)
  }

  /** Ends the connection without waiting for the other end. */
  #end(end: StreamEnd): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#isReady = false
    clearTimeout(this.#timer)
    for (const stream of this.#streams.values()) stream.end(end)
    const socket = this.#socket
    socket.onmessage = null
    socket.onclose = null
    socket.close(1000)
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify(message))
  }
}
