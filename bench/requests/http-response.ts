/** A response of the measured server. `body` is valid until the next bytes of its connection are added. */
export interface HttpResponse {
  readonly status: number
  readonly body: Buffer
}

interface Head {
  readonly status: number
  /** Offset of the body. */
  readonly bodyAt: number
  /** Null for a chunked body. */
  readonly contentLength: number | null
}

const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/**
 * Assembles the responses of one keep-alive connection without pipelining: the bytes that arrive between two requests
 * are one response. It knows `content-length` and chunked bodies, and nothing else of HTTP, so that the load leaves
 * most of its core to the upstream double.
 */
export class ResponseAssembler {
  #bytes = Buffer.allocUnsafe(64 * 1024)
  #length = 0
  #head: Head | null = null

  /** Adds bytes. Returns the response when it is complete, null before. Throws for bytes that are no such response. */
  add(chunk: Buffer): HttpResponse | null {
    this.#append(chunk)
    this.#head ??= parseHead(this.#bytes.subarray(0, this.#length))
    if (!this.#head) return null
    const { status, bodyAt, contentLength } = this.#head
    const received = this.#bytes.subarray(bodyAt, this.#length)
    const body = contentLength === null ? decodeChunks(received) : takeLength(received, contentLength)
    if (!body) return null
    this.#length = 0
    this.#head = null
    return { status, body }
  }

  #append(chunk: Buffer): void {
    const needed = this.#length + chunk.length
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(2 * needed)
      this.#bytes.copy(grown, 0, 0, this.#length)
      this.#bytes = grown
    }
    chunk.copy(this.#bytes, this.#length)
    this.#length = needed
  }
}

function parseHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf(HEAD_END)
  if (end === -1) return null
  const text = bytes.toString('latin1', 0, end)
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? Number.NaN)
  const length = /^content-length: *(\d+)/im.exec(text)?.[1]
  const isChunked = /^transfer-encoding: *chunked/im.test(text)
  if (Number.isNaN(status) || (length === undefined && !isChunked)) throw new Error(`not a response: ${text}`)
  return { status, bodyAt: end + HEAD_END.length, contentLength: isChunked ? null : Number(length) }
}

function takeLength(received: Buffer, contentLength: number): Buffer | null {
  if (received.length > contentLength) throw new Error('the body is longer than its content-length')
  return received.length === contentLength ? received : null
}

/** Moves the content of the chunks together, in place; null if the last chunk has not arrived. */
function decodeChunks(received: Buffer): Buffer | null {
  const mayBeComplete = received.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
  if (!mayBeComplete) return null
  const chunks = findChunks(received)
  if (!chunks) return null
  let length = 0
  for (const { at, size } of chunks) {
    received.copyWithin(length, at, at + size)
    length += size
  }
  return received.subarray(0, length)
}

/** Content that only looks like the last chunk gives null. */
function findChunks(received: Buffer): readonly { readonly at: number; readonly size: number }[] | null {
  const chunks: { at: number; size: number }[] = []
  for (let at = 0; at < received.length; ) {
    const lineEnd = received.indexOf('\r\n', at)
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16)
    if (lineEnd === -1 || Number.isNaN(size)) return null
    if (size === 0) return chunks
    chunks.push({ at: lineEnd + 2, size })
    at = lineEnd + 2 + size + 2
  }
  return null
}
