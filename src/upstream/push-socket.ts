import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { parseJson } from '../domain/json.ts'

/** Times of a push socket, in milliseconds. */
export interface PushSocketTimes {
  /** From the start of a connection to the end of its login. */
  readonly loginTimeoutMs: number
  /** Between two pings. */
  readonly pingIntervalMs: number
  /** A socket on which nothing arrived for this long is replaced. */
  readonly maxSilenceMs: number
  /** The wait after the first failure; it doubles with each further one. */
  readonly firstReconnectMs: number
  readonly maxReconnectMs: number
}

/** How a push socket behaves, and where it reports defects. */
export interface PushSocketOptions {
  /** The defaults for those that are absent. */
  readonly times?: Partial<PushSocketTimes> | undefined
  /** Called with what a protocol throws, which is a defect of the gateway. */
  readonly onUnexpectedError: (error: unknown) => void
}

const DEFAULT_TIMES: PushSocketTimes = {
  loginTimeoutMs: 10_000,
  pingIntervalMs: 15_000,
  maxSilenceMs: 30_000,
  firstReconnectMs: 500,
  maxReconnectMs: 60_000,
}

/** Bounds of what the server may send in one frame, and of what may wait to be sent to it. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024
const MAX_UNSENT_BYTES = 1024 * 1024

/** The protocol that is spoken over a push socket. */
export interface PushProtocol {
  /** A connection was opened: sends the login. */
  onOpen(): void
  /**
   * A JSON value arrived, of any shape; undefined for text that is not JSON. Calls `loggedIn`, `reconnect` or `stop` of the
   * socket when it is about the login.
   */
  onFrame(frame: unknown): void
  /** Sends what the server answers to, so that the socket shows life. */
  ping(): void
  /** The connection ended, or none could be made. `isFinal`: no other follows. */
  onDown(reason: string, isFinal: boolean): void
}

/**
 * A WebSocket to a provider that stays connected until it is closed. It reconnects with jittered exponential backoff, and
 * replaces a connection that does not finish its login in time or falls silent. A protocol interprets its frames; where it
 * fails unexpectedly, its state is unknown, and it starts anew with another connection.
 */
export class PushSocket {
  readonly #url: string
  readonly #protocol: PushProtocol
  readonly #times: PushSocketTimes
  readonly #onUnexpectedError: (error: unknown) => void
  #socket: WebSocket | null = null
  #aliveAt: number | null = null
  #failures = 0
  #timer: NodeJS.Timeout | null = null
  #isStopped = false

  /** `url` is a ws or wss address without a credential. It connects at once; the protocol is called later. */
  constructor(url: string, protocol: PushProtocol, { times, onUnexpectedError }: PushSocketOptions) {
    this.#url = url
    this.#protocol = protocol
    this.#times = { ...DEFAULT_TIMES, ...times }
    this.#onUnexpectedError = onUnexpectedError
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

  /** The login succeeded: from now on the socket is pinged. */
  loggedIn(): void {
    if (this.#socket) this.#schedulePing(this.#socket)
  }

  /** Ends the connection and makes another one: after the backoff, or after `afterMs` if that is given. */
  reconnect(reason: string, afterMs: number | null = null): void {
    if (this.#socket) this.#replace(this.#socket, reason, afterMs)
  }

  /** Ends the connection for good, because the provider says that another one would fail too. */
  stop(reason: string): void {
    if (this.#isStopped) return
    this.close()
    this.#reportDown(reason, true)
  }

  /** Ends the connection for good. The protocol is not called any more. */
  close(): void {
    this.#isStopped = true
    this.#clearTimer()
    if (this.#socket) this.#discard(this.#socket)
  }

  #connect(): void {
    if (this.#isStopped) return
    const socket = new WebSocket(this.#url, {
      handshakeTimeout: this.#times.loginTimeoutMs,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
    })
    this.#socket = socket
    this.#setTimer(this.#times.loginTimeoutMs, () =>
      this.#replace(socket, 'The login at the provider took too long.'),
    )
    socket.on('open', () => {
      this.#aliveAt = performance.now()
      this.#guard(socket, () => this.#protocol.onOpen())
    })
    socket.on('message', (data, isBinary) => {
      this.#aliveAt = performance.now()
      if (!isBinary) this.#guard(socket, () => this.#protocol.onFrame(parseJson(String(data))))
    })
    socket.on('pong', () => {
      this.#aliveAt = performance.now()
    })
    socket.on('unexpected-response', (_request, { statusCode }: IncomingMessage) => {
      this.#replace(socket, `The provider, or a proxy, refuses the WebSocket with HTTP status ${statusCode}.`)
    })
    socket.on('error', (error) => this.#replace(socket, failureReason(error)))
    socket.on('close', () => this.#replace(socket, 'The provider closed the push connection.'))
  }

  /** Pings, or replaces the socket when it has been silent for too long, whichever comes first. */
  #schedulePing(socket: WebSocket): void {
    const { pingIntervalMs, maxSilenceMs } = this.#times
    const remainingMs = Math.max(maxSilenceMs - this.#silentMs(), 0)
    this.#setTimer(Math.min(pingIntervalMs, remainingMs), () => {
      if (this.#silentMs() >= maxSilenceMs) {
        this.#replace(socket, 'The push connection fell silent.')
        return
      }
      // A connection counts as good once it has lasted: a server that ends each one after its login is not hurried.
      this.#failures = 0
      this.#guard(socket, () => this.#protocol.ping())
      if (socket === this.#socket) this.#schedulePing(socket)
    })
  }

  #silentMs(): number {
    return performance.now() - (this.#aliveAt ?? 0)
  }

  #replace(socket: WebSocket, reason: string, afterMs: number | null = null): void {
    if (socket !== this.#socket || this.#isStopped) return
    this.#discard(socket)
    const maxMs = Math.min(this.#times.firstReconnectMs * 2 ** this.#failures, this.#times.maxReconnectMs)
    this.#failures += 1
    // Half of the wait is random, so that gateways that lost a server together do not return together.
    const waitMs = (afterMs ?? maxMs) * (0.5 + Math.random() / 2)
    this.#setTimer(waitMs, () => this.#connect())
    this.#reportDown(reason, false)
  }

  #guard(socket: WebSocket, run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#onUnexpectedError(error)
      this.#replace(socket, 'The gateway could not process what the provider pushed.')
    }
  }

  #reportDown(reason: string, isFinal: boolean): void {
    try {
      this.#protocol.onDown(reason, isFinal)
    } catch (error) {
      this.#onUnexpectedError(error)
    }
  }

  #discard(socket: WebSocket): void {
    this.#socket = null
    this.#aliveAt = null
    socket.removeAllListeners()
    // An error event without a listener would end the process.
    socket.on('error', () => {})
    socket.terminate()
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

/** The error's own text can name addresses and is not shown. */
function failureReason(error: Error): string {
  const code = 'code' in error ? error.code : null
  return code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
    ? 'The provider sent a frame that is longer than the gateway reads.'
    : 'The connection to the provider’s push failed.'
}
