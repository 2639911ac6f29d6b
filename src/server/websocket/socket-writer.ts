import type { Duplex } from 'node:stream'
import { type Message, stringifyMessage } from 'graphql-ws'
import type { WebSocket } from 'ws'
import type { SharedResult } from '../shared-subscriptions/shared-result.ts'
import { MAX_BUFFERED_BYTES } from '../shared-subscriptions/shared-stream.ts'
import { encodeNextFrame, nextMessageText } from './next-frame.ts'

/**
 * Writes messages to one socket. Shared results bypass the library as ready frames. This is safe because the library
 * writes each of its frames at once and whole; it does not while it compresses, so then they go through it too.
 */
export class SocketWriter {
  readonly #socket: WebSocket
  readonly #transport: Duplex
  /** Constant: the extensions are negotiated in the handshake. */
  readonly #isCompressed: boolean
  #hasSentResults = false
  #drainListeners: (() => void)[] | null = null

  /** `transport` is the connection that `socket` runs on. */
  constructor(socket: WebSocket, transport: Duplex) {
    this.#socket = socket
    this.#transport = transport
    this.#isCompressed = socket.extensions !== ''
  }

  /** Whether so many bytes wait for the peer that nothing more may be written. */
  get isFull(): boolean {
    const buffered = this.#isCompressed ? this.#socket.bufferedAmount : this.#transport.writableLength
    return buffered > MAX_BUFFERED_BYTES
  }

  /** Calls `resume` when the waiting bytes have been sent; never if the socket closes before. */
  onDrain(resume: () => void): void {
    if (this.#drainListeners) return void this.#drainListeners.push(resume)
    this.#drainListeners = [resume]
    this.#awaitDrain()
  }

  /** Sends a message. Resolves when it has left the process, so that a slow reader slows down its own streams only. */
  send(message: Message): Promise<void> {
    return new Promise((resolve) => {
      // A broken connection is reported by the socket's own events.
      if (this.#isOpen) this.#socket.send(stringifyMessage(message), () => resolve())
      else resolve()
    })
  }

  /** Sends a shared result as the next one of the subscription with this id. */
  sendShared(id: string, result: SharedResult): void {
    if (!this.#isOpen) return
    this.#hasSentResults = true
    if (this.#isCompressed) this.#socket.send(nextMessageText(result, id), () => this.#resumeIfDrained())
    else result.encode(encodeNextFrame).writeTo(this.#transport, id)
  }

  /** Holds what is written until `uncork`, so that it is sent together. */
  cork(): void {
    this.#transport.cork()
  }

  uncork(): void {
    this.#transport.uncork()
  }

  /** Whether shared results have been sent since the last call, and no byte waits for the peer. */
  takeActivity(): boolean {
    const hasSentResults = this.#hasSentResults
    this.#hasSentResults = false
    return hasSentResults && this.#socket.bufferedAmount === 0
  }

  #resumeIfDrained(): void {
    const listeners = this.#drainListeners
    if (listeners === null) return
    if (this.isFull) return void this.#awaitDrain()
    this.#drainListeners = null
    for (const resume of listeners) resume()
  }

  /** With compression, messages wait in the library, which calls back for each one that it has sent. */
  #awaitDrain(): void {
    if (!this.#isCompressed) this.#transport.once('drain', () => this.#resumeIfDrained())
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }
}
