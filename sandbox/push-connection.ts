import type { WebSocket } from 'ws'
import type { PushConnection, PushFaultInjector } from './push-faults.ts'
import type { ConnectionHandler, PushFrame } from './push-server.ts'

/** A push that waits to be sent. `dueAt` is a `performance.now()`. */
interface WaitingPush {
  readonly text: string
  readonly dueAt: number
}

/** The server's end of one WebSocket. It applies the faults that are injected. */
export class ServerConnection implements PushConnection {
  readonly number: number
  readonly path: string
  user: string | null = null
  /** Frames and pings of the client that a half-open connection has not received. */
  swallowed = 0
  readonly #socket: WebSocket
  readonly #faults: PushFaultInjector
  readonly #record: (frame: PushFrame) => void
  readonly #onSwallowed: () => void
  #handler: ConnectionHandler | null = null
  readonly #heldReplies: string[] = []
  /** Pushes in the order in which they are sent. */
  #waiting: readonly WaitingPush[] = []
  /** The push that `reorder` sends after the next one. */
  #swapped: string | null = null
  #timer: NodeJS.Timeout | null = null
  /** Set where the server has given up a half-open connection, whose client does not hear of it. */
  #isAbandoned = false

  constructor(
    socket: WebSocket,
    { number, path }: Pick<PushConnection, 'number' | 'path'>,
    faults: PushFaultInjector,
    record: (frame: PushFrame) => void,
    onSwallowed: () => void,
  ) {
    this.number = number
    this.path = path
    this.#socket = socket
    this.#faults = faults
    this.#record = record
    this.#onSwallowed = onSwallowed
  }

  /** False once it is closed, also for a half-open connection that the server has given up. */
  get isOpen(): boolean {
    return this.#handler !== null
  }

  /** Hands the client's frames to the handler from now on. */
  start(handler: ConnectionHandler): void {
    this.#handler = handler
    this.#socket.on('message', (data, isBinary) => {
      if (this.#swallows() || isBinary) return
      const text = String(data)
      this.#record({ connection: this.number, direction: 'in', text })
      this.#handler?.onFrame(text)
    })
    this.#socket.on('ping', (data) => {
      if (this.#swallows()) return
      this.#socket.pong(data)
      this.#handler?.onPing()
    })
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => this.#ended())
  }

  /** Sends what answers a request of the client. */
  reply(frame: object): void {
    const text = JSON.stringify(frame)
    if (this.#faults.has('hold-replies', this)) this.#heldReplies.push(text)
    else this.#write(text)
  }

  /** Sends what the client did not ask for. */
  push(frame: object): void {
    if (!this.isOpen || this.#faults.has('silent', this)) return
    const text = JSON.stringify(frame)
    const texts = this.#faults.has('duplicate', this) ? [text, text] : [text]
    if (!this.#faults.has('reorder', this)) this.#enqueue(texts)
    else if (this.#swapped === null) this.#swapped = text
    else {
      this.#enqueue([...texts, this.#swapped])
      this.#swapped = null
    }
  }

  /** Sends what waited for a fault that was removed, and ends a connection that was given up while it was half-open. */
  flush(): void {
    if (this.#isAbandoned && !this.#isHalfOpen()) this.#socket.terminate()
    if (this.#swapped !== null && !this.#faults.has('reorder', this)) {
      const text = this.#swapped
      this.#swapped = null
      this.#enqueue([text])
    }
    if (!this.#faults.has('hold-replies', this)) {
      for (const text of this.#heldReplies.splice(0)) this.#write(text)
    }
    this.#drain()
  }

  sendRaw(frame: string | Buffer): void {
    if (typeof frame === 'string') this.#write(frame)
    else if (this.isOpen && !this.#isHalfOpen()) this.#socket.send(frame, { binary: true })
  }

  /** Ends the connection with a closing frame. The client of a half-open connection receives nothing. */
  close(code = 1000, reason = ''): void {
    if (this.#isHalfOpen()) this.#isAbandoned = true
    else this.#socket.close(code, reason)
    this.#ended()
  }

  /** Cuts the connection. */
  drop(): void {
    this.#socket.terminate()
    this.#ended()
  }

  #swallows(): boolean {
    if (!this.#isHalfOpen()) return false
    this.swallowed += 1
    this.#onSwallowed()
    return true
  }

  #isHalfOpen(): boolean {
    return this.#faults.has('half-open', this)
  }

  #enqueue(texts: readonly string[]): void {
    const dueAt = performance.now() + this.#faults.lagMs(this)
    this.#waiting = [...this.#waiting, ...texts.map((text) => ({ text, dueAt }))]
    this.#drain()
  }

  #drain(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#faults.has('hold', this)) return
    const now = performance.now()
    for (const push of this.#waiting) {
      if (push.dueAt > now) {
        this.#timer = setTimeout(() => this.#drain(), push.dueAt - now).unref()
        return
      }
      this.#waiting = this.#waiting.slice(1)
      this.#write(push.text)
    }
  }

  #write(text: string): void {
    if (!this.isOpen || this.#isHalfOpen()) return
    this.#record({ connection: this.number, direction: 'out', text })
    this.#socket.send(text)
  }

  #ended(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#waiting = []
    const handler = this.#handler
    this.#handler = null
    handler?.onClose()
  }
}
