import type { Duplex } from 'node:stream'
import { type Message, stringifyMessage } from 'graphql-ws'
import type { WebSocket } from 'ws'
import type { SharedResult } from '../shared-subscriptions/shared-result.ts'

/** Bytes that may wait for a peer before its streams are held back. */
const MOST_WAITING = 128 * 1024

/**
 * What goes out over one socket. Shared results are written as ready frames beside the library, which is right because
 * it writes each of its own frames at once and whole; where it compresses it does not, and they go through it.
 */
export class SocketWriter {
  readonly #socket: WebSocket
  readonly #transport: Duplex
  #waiting: (() => void)[] | null = null

  /** `transport` is the connection that `socket` was made of. */
  constructor(socket: WebSocket, transport: Duplex) {
    this.#socket = socket
    this.#transport = transport
  }

  /** Whether so much waits for the peer that nothing must be added. */
  get isFull(): boolean {
    return this.#socket.bufferedAmount > MOST_WAITING
  }

  /** Calls `resume` when what waits has been sent. A socket that closes before calls nobody. */
  onDrain(resume: () => void): void {
    if (this.#waiting) return void this.#waiting.push(resume)
    this.#waiting = [resume]
    this.#awaitDrain()
  }

  /** Sends a message. Resolves when it has left the process, so that a slow reader slows its own streams down. */
  send(message: Message): Promise<void> {
    return new Promise((resolve) => {
      // Of a connection that breaks the socket tells by itself.
      if (this.#isOpen) this.#socket.send(stringifyMessage(message), () => resolve())
      else resolve()
    })
  }

  /** Sends a shared result as the next one of the subscription with this id. */
  sendShared(id: string, result: SharedResult): void {
    if (!this.#isOpen) return
    if (this.#isCompressed) this.#socket.send(result.message(id), this.#wake)
    else this.#transport.write(result.frame(id))
  }

  readonly #wake = (): void => {
    const waiting = this.#waiting
    if (waiting === null) return
    if (this.isFull) return void this.#awaitDrain()
    this.#waiting = null
    for (const resume of waiting) resume()
  }

  /** What is compressed waits in the library, which says of each message when it has gone. */
  #awaitDrain(): void {
    if (!this.#isCompressed) this.#transport.once('drain', this.#wake)
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  get #isCompressed(): boolean {
    return this.#socket.extensions !== ''
  }
}
