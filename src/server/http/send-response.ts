import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Sends a response of the GraphQL engine. Forbids caches to store it: it depends on the caller, and the engine sets no
 * header for that.
 */
export async function sendResponse(res: ServerResponse, { status, headers, body }: Response): Promise<void> {
  res.writeHead(status, { ...Object.fromEntries(headers), 'cache-control': 'no-store' })
  if (body === null || !isIterable(body)) return void res.end()
  await pipeline(Readable.from(body), res)
}

/** Every web stream of Node.js is iterable; the types describe browsers, where it may not be. */
function isIterable(stream: object): stream is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in stream
}
