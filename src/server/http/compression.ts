import type { ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { acceptsGzip } from '../request-checks/accept-encoding.ts'

/** Smaller bodies fit into one or two packets anyway. */
const MIN_BYTES = 1_024
/** Ten kilobytes of JSON shrink to a sixth in some 60 microseconds; the highest level saves a tenth more for twice the time. */
const LEVEL = 4
const gzipAsync = promisify(gzip)

/** Compresses the bodies of responses for clients that accept gzip. */
export class Compression {
  /** Clients that wait for the same query receive the same bytes, which are compressed once. */
  readonly #compressed = new WeakMap<Buffer, Promise<Buffer>>()
  readonly #isEnabled: boolean

  constructor(isEnabled: boolean) {
    this.#isEnabled = isEnabled
  }

  /** Whether the client of a response accepts gzip. */
  accepts({ req }: ServerResponse): boolean {
    return this.#isEnabled && acceptsGzip(req.headers['accept-encoding'])
  }

  /** Whether a body of this many bytes is compressed for the client of a response. */
  appliesTo(res: ServerResponse, bytes: number): boolean {
    return bytes >= MIN_BYTES && this.accepts(res)
  }

  /** The gzip of a body. It is compressed in the thread pool, so that other clients do not wait. */
  compress(body: Buffer): Promise<Buffer> {
    const known = this.#compressed.get(body)
    if (known !== undefined) return known
    const compressed = gzipAsync(body, { level: LEVEL })
    this.#compressed.set(body, compressed)
    return compressed
  }
}
