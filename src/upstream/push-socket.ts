import { WebSocket } from 'ws'
import { parseJson } from '../domain/json.ts'

/** Milliseconds from the start of a connection to the end of its login. */
const LOGIN_TIMEOUT_MS = 10_000
/** Milliseconds between two pings. */
const PING_INTERVAL_MS = 15_000
/** A socket on which nothing arrived for this long is replaced. */
const MAX_SILENCE_MS = 30_000
/** Bounds of what the server may send in one frame, and of what may wait to be sent to it. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024
const MAX_UNSENT_BYTES = 1024 * 1024
const FIRST_RECONNECT_MS = 500
const MAX_RECONNECT_MS = 60_000

/** The protocol that is spoken over a push socket. */
export interface PushProtocol {
  /** A connection was opened: sends the login. */
  onOpen(): void
  /** A JSON value arrived, of any shape. Calls `loggedIn` or `stop` of the socket when it is about the login. */
  onFrame(frame: unknown): void
  /** Sends what the server answers to, so that the socket shows life. */
  ping(): void
  /** The connection ended, or none could be made. `isFinal`: no other follows. */
  onDown(reason: string, isFinal: boolean): void
}

/**
 * A WebSocket to a provider that stays connected until it is closed. It reconnects with jittered exponential backoff, and
 * replaces a connection that does not finish its login in time or falls silent. A protocol interprets its frames.
 */
export class PushSocket {
  readonly #url: string
  readonly #protocol: PushProtocol
  #socket: WebSocket | null = null
  #aliveAt: number | null = null
  #failures = 0
  #timer: NodeJS.Timeout | null = null
  #isStopped = false

  /** `url` is a ws or wss address without a credential. It connects at once; the protocol is called later. */
  constructor(url: string, protocol: PushProtocol) {
    this.#url = url
    this.#protocol = protocol
    queueMicrotask(() => this.#connect())
  }

  /** `performance.now()` at which the last frame or pong arrived on the current connection; null while there is none. */
  get aliveAt(): number | null {
    return this.#aliveAt
  }

  /** Sends a value as JSON; dropped while there is no connection. A server that does not read is disconnected. */
  send(frame: object): void {
    const socket = this.#socket
    if (socket?.readyState !== WebSocket.OPEN) return
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) this.#replace(socket, 'The provider does not read.')
    else socket.send(JSON.stringify(frame))
  }

  /** The login succeeded: the connection counts as good, and the next failure is retried soon. */
  loggedIn(): void {
    this.#failures = 0
    this.#schedulePing()
  }

  /** Ends the connection and makes another one, after the backoff. */
  reconnect(reason: string): void {
    if (this.#socket) this.#replace(this.#socket, reason)
  }

  /** Ends the connection for good, because the provider says that another one would fail too. */
  stop(reason: string): void {
    if (this.#isStopped) return
    this.close()
    this.#protocol.onDown(reason, true)
  }

  /** Ends the connection for good. The protocol is not called any more. */
  close(): void {
    this.#isStopped = true
    this.#clearTimer()
    const socket = this.#socket
    this.#socket = null
    this.#aliveAt = null
    socket?.removeAllListeners()
    // An error event without a listener would end the process.
    socket?.on('error', () => {})
    socket?.terminate()
  }

  #connect(): void {
    if (this.#isStopped) return
    const socket = new WebSocket(this.#url, {
      handshakeTimeout: LOGIN_TIMEOUT_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
    })
    this.#socket = socket
    this.#setTimer(LOGIN_TIMEOUT_MS, () => this.#replace(socket, 'The login at the provider took too long.'))
    socket.on('open', () => {
      this.#aliveAt = performance.now()
      this.#protocol.onOpen()
    })
    socket.on('message', (data, isBinary) => {
      this.#aliveAt = performance.now()
      if (!isBinary) this.#protocol.onFrame(parseJson(String(data)))
    })
    socket.on('pong', () => {
      this.#aliveAt = performance.now()
    })
    socket.on('error', () => this.#replace(socket, 'The connection to the provider’s push failed.'))
    socket.on('close', () => this.#replace(socket, 'The provider closed the push connection.'))
  }

  #schedulePing(): void {
    this.#setTimer(PING_INTERVAL_MS, () => {
      const socket = this.#socket
      if (!socket) return
      const silentMs = performance.now() - (this.#aliveAt ?? 0)
      if (silentMs >= MAX_SILENCE_MS) {
        this.#replace(socket, 'The push connection fell silent.')
        return
      }
      this.#protocol.ping()
      this.#schedulePing()
    })
  }

  #replace(socket: WebSocket, reason: string): void {
    if (socket !== this.#socket || this.#isStopped) return
    this.#socket = null
    this.#aliveAt = null
    socket.removeAllListeners()
    socket.on('error', () => {})
    socket.terminate()
    const maxMs = Math.min(FIRST_RECONNECT_MS * 2 ** this.#failures, MAX_RECONNECT_MS)
    this.#failures += 1
    // Half of the wait is random, so that gateways that lost a server together do not return together.
    this.#setTimer(maxMs * (0.5 + Math.random() / 2), () => this.#connect())
    this.#protocol.onDown(reason, false)
  }

  #setTimer(ms: number, run: () => void): void {
    this.#clearTimer()
    this.#timer = setTimeout(run, ms)
    this.#timer.unref()
  }

  #clearTimer(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}
