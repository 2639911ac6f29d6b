import type { RawData, WebSocket } from 'ws'
import { MAX_REQUEST_BYTES } from '../graphql/graphql-server.ts'
import type { FrameAllowance } from '../limits/work-limits.ts'
import type { FairScheduler, Task } from '../scheduling/fair-scheduler.ts'

/** Messages that may wait for their turn before the socket is read no more. */
const MAX_WAITING = 16
/** A turn handles so many messages at least, so that those which came together are handled together as a rule. */
const MESSAGES_TOGETHER = 4
/** Milliseconds within which a turn handles more. */
const TURN_MS = 5
/** Milliseconds within which a peer that was sent away for sending too much can read why. */
const GOODBYE_MS = 1_000
/** Bytes of answers that may wait for a peer that goes on asking. */
const MAX_UNSENT_BYTES = 4 * MAX_REQUEST_BYTES
/** The close code of a peer that sends too much: unlike 4429, clients of graphql-ws come back after it. */
const TRY_AGAIN_LATER = 1013

/** What a socket's messages are taken in with. */
export interface InboundQueueOptions {
  readonly scheduler: FairScheduler
  readonly allowance: FrameAllowance
  /** Who pays for the frames now. */
  readonly source: () => string
  /** Handles one message; it must not throw. */
  readonly handle: (message: string) => void
  /** Called when the socket is closed for having sent too much. */
  readonly onExceeded: () => void
}

/**
 * What one socket has sent and is not handled yet. Frames over the limit close the socket before anything of them is
 * parsed. Each message takes a turn among those of all sockets, so that a burst of one client holds up neither the
 * others nor the event loop.
 */
export class InboundQueue implements Task {
  readonly #socket: WebSocket
  readonly #options: InboundQueueOptions
  #waiting: string[] = []

  constructor(socket: WebSocket, options: InboundQueueOptions) {
    this.#socket = socket
    this.#options = options
  }

  /** Takes a message in. */
  add(data: RawData): void {
    if (!this.#admit(bytesOf(data))) return
    if (this.#waiting.push(String(data)) === 1) this.#options.scheduler.schedule(this)
    if (this.#waiting.length >= MAX_WAITING) this.#socket.pause()
  }

  /** Drops what waits, as the socket closes: the peer's part of the closing handshake must be read. */
  clear(): void {
    this.#waiting = []
    if (this.#socket.isPaused) this.#socket.resume()
  }

  /** Handles some messages, and asks for another turn where more wait. */
  run(): void {
    const end = performance.now() + TURN_MS
    let handled = 0
    while (handled < MESSAGES_TOGETHER || performance.now() < end) {
      const message = this.#waiting.shift()
      if (message === undefined) break
      handled += 1
      this.#options.handle(message)
    }
    if (this.#waiting.length > 0) this.#options.scheduler.schedule(this)
    else if (this.#socket.isPaused && this.#isOpen) this.#socket.resume()
  }

  #admit(bytes: number): boolean {
    if (!this.#isOpen) return false
    // Answers wait for a peer that does not read; one that keeps asking all the same is cut off.
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) {
      this.#socket.terminate()
      return false
    }
    if (this.#options.allowance.tryConsume(bytes, this.#options.source())) return true
    this.#options.onExceeded()
    this.#sendAway()
    return false
  }

  /** What the peer has sent meanwhile stays unread, so that the rest of a flood costs nothing. */
  #sendAway(): void {
    this.#socket.close(TRY_AGAIN_LATER, 'Too many messages')
    this.#socket.pause()
    setTimeout(() => this.#socket.terminate(), GOODBYE_MS).unref()
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }
}

/** `ws` gives a message as one buffer or several. */
function bytesOf(data: RawData): number {
  if (Array.isArray(data)) return data.reduce((sum, { length }) => sum + length, 0)
  return data.byteLength
}
