import { Readable } from 'node:stream'

/** A request body that is sent while it arrives. */
export interface Upload {
  readonly contentType: string
  /** Bytes; null if unknown. */
  readonly contentLength: number | null
  /** Read once, as fast as the server takes it. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Bytes that are read in advance of the server, apart from one chunk of the source. */
const READ_AHEAD_BYTES = 64 * 1024

/**
 * Sends an upload with back-pressure: the source is read only while the server takes what was read before. Knows what is
 * waited for, and whether the server can have received everything.
 */
export class UploadBody {
  readonly stream: Readable
  readonly #onWait: (forServer: boolean) => void
  #isComplete = false
  #failure: Error | null = null

  /** `onWait` is called whenever the wait for the source begins, and whenever the wait for the server begins. */
  constructor({ body }: Upload, onWait: (forServer: boolean) => void) {
    this.#onWait = onWait
    this.stream = Readable.from(this.#read(body), { objectMode: false, highWaterMark: READ_AHEAD_BYTES })
    // The failure of a source is reported through the request. A stream that the request has not begun to read has no listener.
    this.stream.on('error', () => {})
  }

  /** Whether the whole source was read. Until then the server cannot process the request. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  /** The error with which the source failed; null if it did not. */
  get failure(): Error | null {
    return this.#failure
  }

  async *#read(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    const source = body[Symbol.asyncIterator]()
    try {
      for (;;) {
        this.#onWait(false)
        const { value, done } = await source.next().catch((error: unknown) => this.#fail(error))
        this.#onWait(true)
        if (done) break
        yield value
      }
      this.#isComplete = true
    } finally {
      if (!this.#isComplete) await source.return?.()
    }
  }

  #fail(error: unknown): never {
    this.#failure =
      error instanceof Error ? error : new Error('the source of an upload failed', { cause: error })
    throw this.#failure
  }
}
