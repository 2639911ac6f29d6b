import type { RawData, WebSocket } from 'ws'
import { TRY_AGAIN_LATER } from '../identity/authentication-failure.ts'
import type { TokenBucket } from '../limits/token-bucket.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import { MAX_REQUEST_BYTES } from '../request-checks/request-body.ts'
import type { FairScheduler, Task } from '../scheduling/fair-scheduler.ts'

/** Messages that may be queued before reading from the socket pauses. */
const MAX_QUEUED = 16
/** The least number of messages that are handled in a row, so that messages sent together are usually handled together. */
const MIN_BATCH = 4
/** Milliseconds within which more messages are handled in a row. */
const BATCH_MS = 5
/** Milliseconds in which a peer that exceeded its limit can read the close frame. */
const CLOSE_GRACE_MS = 1_000
/** Bytes of results that may wait for a peer that keeps sending requests. */
const MAX_UNSENT_BYTES = 4 * MAX_REQUEST_BYTES

/** The client whose messages are queued. */
export interface MessageConsumer {
  /** The source that its frames are counted for at the moment. */
  readonly source: string
  handle(message: string): unknown
  /** Called when the socket is closed because the client sent too much. */
  onLimitExceeded(): void
  /** Called when handling a message failed unexpectedly. */
  onFailure(): void
}

/** Dependencies that the queues of all sockets share. */
export interface InboundQueueOptions {
  readonly scheduler: FairScheduler
  readonly workLimits: WorkLimits
  /** Passes one message to its consumer; it must not throw. */
  readonly handle: (consumer: MessageConsumer, message: string) => void
}

/**
 * Queues the messages of one socket. Frames above the limit close the socket before they are parsed. Messages of all
 * sockets are handled in turn, so that a burst of one client delays neither the others nor the event loop.
 */
export class InboundQueue implements Task {
  readonly #socket: WebSocket
  readonly #consumer: MessageConsumer
  readonly #options: InboundQueueOptions
  readonly #bucket: TokenBucket
  /** Null while nothing is queued, so that an idle socket needs no memory for it. */
  #messages: string[] | null = null

  constructor(socket: WebSocket, consumer: MessageConsumer, options: InboundQueueOptions) {
    this.#socket = socket
    this.#consumer = consumer
    this.#options = options
    this.#bucket = options.workLimits.createSocketBucket()
  }

  add(data: RawData): void {
    if (!this.#admit(byteLength(data))) return
    if (this.#messages === null) {
      this.#messages = []
      this.#options.scheduler.schedule(this)
    }
    if (this.#messages.push(String(data)) >= MAX_QUEUED) this.#socket.pause()
  }

  /** Drops all messages as the socket closes. Reading resumes, because the peer's close frame must be read. */
  clear(): void {
    this.#messages = null
    if (this.#socket.isPaused) this.#socket.resume()
  }

  /** Handles some messages, and schedules itself again if there are more. */
  run(): void {
    const end = performance.now() + BATCH_MS
    let handled = 0
    while (handled < MIN_BATCH || performance.now() < end) {
      const message = this.#messages?.shift()
      if (message === undefined) break
      handled += 1
      this.#options.handle(this.#consumer, message)
    }
    if (this.#messages === null) return
    if (this.#messages.length > 0) return void this.#options.scheduler.schedule(this)
    this.#messages = null
    if (this.#socket.isPaused && this.#isOpen) this.#socket.resume()
  }

  #admit(bytes: number): boolean {
    if (!this.#isOpen) return false
    // Results wait for a peer that does not read. If it keeps sending requests, it is disconnected.
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) {
      this.#socket.terminate()
      return false
    }
    if (this.#options.workLimits.tryConsumeFrame(this.#bucket, this.#consumer.source, bytes)) return true
    this.#consumer.onLimitExceeded()
    this.#closeForFlood()
    return false
  }

  /** Reading stops, so that the rest of a flood costs nothing. */
  #closeForFlood(): void {
    // Clients of graphql-ws reconnect after this code, but not after 4429.
    this.#socket.close(TRY_AGAIN_LATER, 'Too many messages')
    this.#socket.pause()
    setTimeout(() => this.#socket.terminate(), CLOSE_GRACE_MS).unref()
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }
}

/** `ws` passes a message as one buffer or several. */
function byteLength(data: RawData): number {
  if (Array.isArray(data)) return data.reduce((sum, { length }) => sum + length, 0)
  return data.byteLength
}
