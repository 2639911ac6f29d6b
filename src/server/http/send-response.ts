import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Compression } from './compression.ts'

/** Complete bodies. Event streams are sent as they come. */
const COMPRESSIBLE = /^(?:application\/(?:graphql-response\+)?json|text\/html)\b/

/**
 * Sends a response of the GraphQL engine. Forbids caches to store it: it depends on the caller, and the engine sets no
 * header for that.
 */
export async function sendResponse(
  res: ServerResponse,
  response: Response,
  compression: Compression,
): Promise<void> {
  const { status, body } = response
  const headers = { ...Object.fromEntries(response.headers), 'cache-control': 'no-store' }
  const isCompressible = COMPRESSIBLE.test(response.headers.get('content-type') ?? '')
  if (isCompressible && compression.accepts(res)) {
    const bytes = Buffer.from(await response.arrayBuffer())
    return sendBody(res, status, headers, bytes, compression)
  }
  res.writeHead(status, headers)
  if (body === null || !isIterable(body)) return void res.end()
  await pipeline(Readable.from(body), res)
}

/** Sends a complete body, compressed if it is long enough and its client accepts that. */
export async function sendBody(
  res: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  compression: Compression,
): Promise<void> {
  const isCompressed = compression.appliesTo(res, body.length)
  const bytes = isCompressed ? await compression.compress(body) : body
  res.writeHead(status, {
    ...headers,
    ...(isCompressed && { 'content-encoding': 'gzip' }),
    'content-length': bytes.length,
  })
  res.end(bytes)
}

/** Every web stream of Node.js is iterable; the types describe browsers, where it may not be. */
function isIterable(stream: object): stream is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in stream
}
