import { type Credential, isSameCredential } from './credential.ts'
import type { Endpoint } from './endpoint.ts'
import type { SocketConstructor } from './environment.ts'
import { SocketConnection } from './socket-connection.ts'
import { LOST, type OpenStream, type ResultStream, type Subscription } from './stream.ts'

/** Milliseconds for which event streams are used at once after WebSockets could not be opened. */
const WITHOUT_SOCKETS_MS = 300_000

/**
 * The connections of a session: one WebSocket for all subscriptions. Where none can be opened, as behind some proxies, each
 * subscription has an event stream of its own, if the session has such.
 */
export class Transport {
  readonly #endpoint: Endpoint
  readonly #eventStream: OpenStream | null
  #connection: SocketConnection | null = null
  #socketsFrom = 0

  constructor(endpoint: Endpoint, eventStream: OpenStream | null) {
    this.#endpoint = endpoint
    this.#eventStream = eventStream
  }

  /** Starts a subscription over the connection of its credential, which is opened if there is none. */
  async *open<Data extends object>(subscription: Subscription): ResultStream<Data> {
    const { url, webSocket } = this.#endpoint
    if (webSocket && Date.now() >= this.#socketsFrom) {
      const end = yield* this.#connect(webSocket, subscription.credential).subscribe<Data>(subscription)
      if (end.reason !== 'unopened') return end
    }
    const onOpen = () => {
      // The gateway is there, and only WebSockets do not reach it.
      if (Date.now() >= this.#socketsFrom) this.#socketsFrom = Date.now() + WITHOUT_SOCKETS_MS
      subscription.onOpen()
    }
    return this.#eventStream ? yield* this.#eventStream<Data>(url, { ...subscription, onOpen }) : LOST
  }

  #connect(webSocket: SocketConstructor, credential: Credential): SocketConnection {
    const known = this.#connection
    if (known && !known.isClosed && isSameCredential(known.credential, credential)) return known
    // The subscriptions of an earlier credential keep their connection.
    const url = this.#endpoint.url.replace(/^http/, 'ws')
    this.#connection = new SocketConnection(url, credential, webSocket)
    return this.#connection
  }
}
