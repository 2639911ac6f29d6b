import type { RawData, WebSocket } from 'ws'
import type { FrameAllowance } from '../limits/work-limits.ts'
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
/** Close code for a peer that sends too much. Clients of graphql-ws reconnect after it, but not after 4429. */
const TRY_AGAIN_LATER = 1013

/** The limits of an inbound queue, and the handlers of its messages. */
export interface InboundQueueOptions {
  readonly scheduler: FairScheduler
  readonly allowance: FrameAllowance
  /** The key of the source that the frames are counted for at the moment. */
  readonly source: () => string
  /** Handles one message; it must not throw. */
  readonly handle: (message: string) => void
  /** Called when the socket is closed because its peer sent too much. */
  readonly onExceeded: () => void
}

/**
 * Queues the messages of one socket. Frames above the limit close the socket before they are parsed. Messages of all
 * sockets are handled in turn, so that a burst of one client delays neither the others nor the event loop.
 */
export class InboundQueue implements Task {
  readonly #socket: WebSocket
  readonly #options: InboundQueueOptions
  #messages: string[] = []

  constructor(socket: WebSocket, options: InboundQueueOptions) {
    this.#socket = socket
    this.#options = options
  }

  add(data: RawData): void {
    if (!this.#admit(byteLength(data))) return
    if (this.#messages.push(String(data)) === 1) this.#options.scheduler.schedule(this)
    if (this.#messages.length >= MAX_QUEUED) this.#socket.pause()
  }

  /** Drops all messages as the socket closes. Reading resumes, because the peer's close frame must be read. */
  clear(): void {
    this.#messages = []
    if (this.#socket.isPaused) this.#socket.resume()
  }

  /** Handles some messages, and schedules itself again if there are more. */
  run(): void {
    const end = performance.now() + BATCH_MS
    let handled = 0
    while (handled < MIN_BATCH || performance.now() < end) {
      const message = this.#messages.shift()
      if (message === undefined) break
      handled += 1
      this.#options.handle(message)
    }
    if (this.#messages.length > 0) this.#options.scheduler.schedule(this)
    else if (this.#socket.isPaused && this.#isOpen) this.#socket.resume()
  }

  #admit(bytes: number): boolean {
    if (!this.#isOpen) return false
    // Results wait for a peer that does not read. If it keeps sending requests, it is disconnected.
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) {
      this.#socket.terminate()
      return false
    }
    if (this.#options.allowance.tryConsume(bytes, this.#options.source())) return true
    this.#options.onExceeded()
    this.#closeForFlood()
    return false
  }

  /** Reading stops, so that the rest of a flood costs nothing. */
  #closeForFlood(): void {
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
