import type { Writable } from 'node:stream'

/** A result in the form of one transport, which any number of clients receive. */
export interface EncodedResult {
  /** Writes the result to a client; `operationId` is the client's id of the subscription, if the transport has ids. */
  writeTo(connection: Writable, operationId: string): void
}

/** Encodes a result for one transport. */
export type ResultEncoder = (result: SharedResult) => EncodedResult

/** The result of one event, serialized once for any number of subscribers. */
export class SharedResult {
  /** The GraphQL response as JSON. */
  readonly payload: Buffer
  /** The cursor after which a subscriber resumes; null for a result that has none. */
  readonly cursor: string | null
  readonly #encoded = new Map<ResultEncoder, EncodedResult>()

  constructor(payload: Buffer, cursor: string | null) {
    this.payload = payload
    this.cursor = cursor
  }

  /** The result in the form of a transport, encoded once. */
  encode(encoder: ResultEncoder): EncodedResult {
    const known = this.#encoded.get(encoder)
    if (known) return known
    const encoded = encoder(this)
    this.#encoded.set(encoder, encoded)
    return encoded
  }
}
