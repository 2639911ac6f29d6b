import type { Writable } from 'node:stream'
import type { EncodedResult, ResultEncoder, SharedResult } from '../shared-subscriptions/shared-result.ts'
import { textFrame } from './text-frame.ts'

const BEFORE_ID = '{"id":'
const AFTER_ID = ',"type":"next","payload":'
const END = '}'

/** Encodes a shared result as the WebSocket frame of a `next` message. */
export const encodeNextFrame: ResultEncoder = ({ payload }) => new NextFrame(payload)

/** The text of a `next` message, for a socket that compresses what it sends. */
export function nextMessageText({ payload }: SharedResult, operationId: string): string {
  return `${BEFORE_ID}${JSON.stringify(operationId)}${AFTER_ID}${payload.toString()}${END}`
}

/**
 * The frame of a `next` message for many clients, whose frames differ in the operation id only. One buffer serves them in
 * turn: the id is replaced in it. A connection that could not send the bytes at once still needs them, so then the next id
 * gets a buffer of its own.
 */
class NextFrame implements EncodedResult {
  readonly #payload: Buffer
  #operationId: string | null = null
  #bytes: Buffer = Buffer.alloc(0)
  /** Offset of the id as JSON in the frame. */
  #idStart = 0
  #idLength = 0
  #isReusable = false

  constructor(payload: Buffer) {
    this.#payload = payload
  }

  writeTo(connection: Writable, operationId: string): void {
    if (operationId !== this.#operationId) this.#setId(operationId)
    connection.write(this.#bytes)
    if (connection.writableLength > 0) this.#isReusable = false
  }

  #setId(operationId: string): void {
    const id = JSON.stringify(operationId)
    const idLength = Buffer.byteLength(id)
    if (!this.#isReusable || idLength !== this.#idLength) this.#build(id, idLength)
    else this.#bytes.write(id, this.#idStart)
    this.#operationId = operationId
  }

  #build(id: string, idLength: number): void {
    this.#bytes = textFrame(BEFORE_ID + id + AFTER_ID, this.#payload, END)
    const afterId = AFTER_ID.length + this.#payload.length + END.length
    this.#idStart = this.#bytes.length - afterId - idLength
    this.#idLength = idLength
    this.#isReusable = true
  }
}
