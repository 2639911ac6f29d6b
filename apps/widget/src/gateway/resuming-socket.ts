import type { RetryPause } from './retry-pause.ts'

/** Milliseconds between pings, and for their answer: a network that vanishes closes no socket. */
const PING_MS = 15_000
const PONG_MS = 8_000
/** The close code for a credential that the gateway does not accept, or not any more. */
const FORBIDDEN = 4403

/** The result of a subscription's event. */
interface EventResult<Data> {
  readonly data?: Data | null
  readonly errors?: unknown
}

/** The handlers of a subscription. */
export interface Sink<Data> {
  next(result: EventResult<Data>): void
  /** The gateway has ended the subscription, with these errors if there are any. It is not repeated. */
  end(errors: unknown): void
  connection(isOpen: boolean): void
}

interface Subscription {
  readonly payload: { readonly query: string; readonly variables: Record<string, unknown> }
  next(result: EventResult<object>): void
  /** Null stands for the errors of the last event. */
  end(errors: unknown): void
  connection(isOpen: boolean): void
}

/** A message of the gateway; what it has depends on its type. */
interface ServerMessage {
  readonly type?: string
  readonly id?: string
  /** Errors, where the type is `error`. */
  readonly payload?: EventResult<object>
}

/**
 * The subscriptions of one visitor token over a WebSocket (graphql-transport-ws). It connects for the first subscription, as
 * often as needed until the last one has left; each resumes after the cursor of its last event. The client of graphql-ws does
 * the same in three times the bytes, which every page of a shop would load.
 */
export class ResumingSocket {
  readonly #url: string
  readonly #token: string
  readonly #pause: RetryPause
  readonly #subscriptions = new Map<string, Subscription>()
  #socket: WebSocket | null = null
  #isReady = false
  #isRunning = false
  #count = 0

  constructor(url: string, token: string, pause: RetryPause) {
    this.#url = url
    this.#token = token
    this.#pause = pause
  }

  /** Returns the function that unsubscribes: no handler is called after it. */
  subscribe<Data extends object>(
    { query, variables }: { readonly query: string; readonly variables: Record<string, unknown> },
    sink: Sink<Data>,
  ): () => void {
    this.#count += 1
    const id = String(this.#count)
    const payload = { query, variables: { ...variables } }
    let errors: unknown
    this.#subscriptions.set(id, {
      payload,
      next: (result: EventResult<Data>) => {
        errors = result.errors
        const cursor = cursorOf(result.data)
        if (cursor !== null) payload.variables['after'] = cursor
        sink.next(result)
      },
      end: (failure) => sink.end(failure ?? errors),
      connection: sink.connection,
    })
    if (this.#isReady) this.#send({ id, type: 'subscribe', payload })
    if (!this.#isRunning) void this.#run()
    return () => {
      if (!this.#subscriptions.delete(id)) return
      if (this.#isReady) this.#send({ id, type: 'complete' })
      this.#closeIfUnused()
    }
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (let attempt = 0; this.#subscriptions.size > 0; attempt += 1) {
      if (attempt > 0) await this.#pause.wait(attempt - 1)
      if (this.#subscriptions.size === 0) break
      const { wasReady, isRefused } = await this.#connect()
      if (wasReady) attempt = 0
      for (const [id, { connection, end }] of this.#subscriptions) {
        connection(false)
        if (!isRefused) continue
        this.#subscriptions.delete(id)
        end(null)
      }
    }
    this.#isRunning = false
  }

  /** Resolves when the socket is closed: says whether it was in use, and whether the gateway refused the token. */
  #connect(): Promise<{ readonly wasReady: boolean; readonly isRefused: boolean }> {
    const socket = new WebSocket(this.#url, 'graphql-transport-ws')
    this.#socket = socket
    let wasReady = false
    let silence: ReturnType<typeof setTimeout> | undefined
    return new Promise((resolve) => {
      const onClose = (event: unknown) => {
        clearTimeout(silence)
        this.#socket = null
        this.#isReady = false
        resolve({ wasReady, isRefused: event instanceof CloseEvent && event.code === FORBIDDEN })
      }
      const watch = () => {
        clearTimeout(silence)
        silence = setTimeout(() => {
          if (this.#isReady) this.#send({ type: 'ping' })
          silence = setTimeout(() => {
            // Closing waits for the other end.
            socket.onmessage = null
            socket.onclose = null
            socket.close()
            onClose(null)
          }, PONG_MS)
        }, PING_MS)
      }
      socket.onopen = () => this.#send({ type: 'connection_init', payload: { visitorToken: this.#token } })
      socket.onclose = onClose
      socket.onmessage = ({ data }) => {
        watch()
        const message: ServerMessage = JSON.parse(data)
        if (message.type === 'connection_ack') wasReady = true
        this.#receive(message)
      }
      watch()
    })
  }

  #receive({
    type,
    id,
    payload,
  }: {
    readonly type?: unknown
    readonly id?: string
    readonly payload?: unknown
  }) {
    const subscription = this.#subscriptions.get(id ?? '')
    if (type === 'connection_ack') {
      this.#isReady = true
      for (const [id, { payload, connection }] of this.#subscriptions) {
        this.#send({ id, type: 'subscribe', payload })
        connection(true)
      }
    } else if (type === 'ping') this.#send({ type: 'pong' })
    else if (type === 'next' && payload) subscription?.next(payload)
    else if (type === 'error' || type === 'complete') {
      this.#subscriptions.delete(id ?? '')
      subscription?.end(type === 'error' ? payload : null)
      this.#closeIfUnused()
    }
  }

  #closeIfUnused(): void {
    if (this.#subscriptions.size > 0) return
    this.#isReady = false
    this.#socket?.close()
  }

  #send(message: object): void {
    this.#socket?.send(JSON.stringify(message))
  }
}

/** The cursor of an event, where the operation selects it. */
function cursorOf(data: object | null | undefined): string | null {
  for (const field of Object.values(data ?? {})) {
    const { cursor } = Object(field)
    if (typeof cursor === 'string') return cursor
  }
  return null
}
