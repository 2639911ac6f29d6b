/** Encodes a result as a message of one transport; `operationId` is the client's id of the subscription, if it has one. */
export type ResultEncoder = (result: SharedResult, operationId: string) => Buffer

interface Encoding {
  readonly operationId: string
  readonly bytes: Buffer
}

/** The result of one event, serialized once for any number of subscribers. */
export class SharedResult {
  /** The GraphQL response as JSON. */
  readonly payload: Buffer
  /** The cursor after which a subscriber resumes; null for a result that has none. */
  readonly cursor: string | null
  readonly #encodings = new Map<ResultEncoder, Encoding>()

  constructor(payload: Buffer, cursor: string | null) {
    this.payload = payload
    this.cursor = cursor
  }

  /** Encodes the result for a transport. Subscribers with the same operation id in a row get the same bytes. */
  encode(encoder: ResultEncoder, operationId = ''): Buffer {
    const last = this.#encodings.get(encoder)
    if (last?.operationId === operationId) return last.bytes
    const bytes = encoder(this, operationId)
    this.#encodings.set(encoder, { operationId, bytes })
    return bytes
  }
}
