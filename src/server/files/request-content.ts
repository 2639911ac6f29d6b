import type { IncomingMessage } from 'node:http'
import { FileRejected, invalidInput } from '../../domain/errors.ts'
import { countPassedBytes } from './buffer-garbage.ts'

/** Limits on the body of an upload. */
export interface ContentLimits {
  readonly maxBytes: number
  /** Milliseconds without data after which the upload fails. */
  readonly idleMs: number
}

/**
 * The body of a request, read as fast as it is consumed. It fails with FileRejected beyond the limits, and if the client
 * disconnects, and with INVALID_INPUT if it is empty.
 */
export class RequestContent implements AsyncIterable<Uint8Array> {
  /** Announced bytes; null if the client announces none. */
  readonly size: number | null
  readonly #req: IncomingMessage
  readonly #limits: ContentLimits
  #bytes = 0
  #isStalled = false

  constructor(req: IncomingMessage, limits: ContentLimits) {
    this.#req = req
    this.#limits = limits
    const length = req.headers['content-length']
    this.size = length === undefined ? null : Number(length)
  }

  /** Throws FileRejected if the announced size exceeds the limit. */
  assertSize(): void {
    if (this.size !== null && this.size > this.#limits.maxBytes) throw this.#tooLarge()
  }

  /** Can be called again: it continues where the last iteration ended. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    // The request must survive the end of the iteration: its response is not sent yet.
    const chunks: AsyncIterator<Uint8Array> = this.#req.iterator({ destroyOnReturn: false })
    try {
      for (;;) {
        const { value, done } = await this.#withinIdleTime(chunks.next().catch(rejectDisconnected))
        if (done) return this.#assertNotEmpty()
        this.#bytes += value.length
        if (this.#bytes > this.#limits.maxBytes) throw this.#tooLarge()
        yield value
        countPassedBytes(value.length)
      }
    } finally {
      // After a timeout, the end of the iteration would wait for the chunk that does not arrive.
      if (!this.#isStalled) await chunks.return?.()
    }
  }

  /** Reads and drops the rest. */
  async drain(): Promise<void> {
    if (this.#req.complete && this.#req.readableEnded) return
    for await (const _chunk of this);
  }

  async #withinIdleTime<T>(next: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<never>((_resolve, reject) => {
      const detail = `No data of the file has arrived for ${this.#limits.idleMs / 1_000} seconds.`
      timer = setTimeout(() => {
        this.#isStalled = true
        reject(new FileRejected('incomplete', detail))
      }, this.#limits.idleMs)
    })
    try {
      return await Promise.race([next, timeout])
    } finally {
      clearTimeout(timer)
    }
  }

  /** A body without an announced size can turn out to be empty. */
  #assertNotEmpty(): void {
    if (this.#bytes === 0) throw invalidInput('file', 'The file is empty.')
  }

  #tooLarge(): FileRejected {
    return new FileRejected(
      'size',
      `The file is larger than ${this.#limits.maxBytes} bytes, the most that the gateway accepts.`,
    )
  }
}

function rejectDisconnected(error: unknown): never {
  throw new FileRejected('incomplete', 'The connection was closed before the file was complete.', {
    cause: error,
  })
}
