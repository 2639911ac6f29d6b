import type { IncomingMessage, ServerResponse } from 'node:http'

/** Larger request bodies and WebSocket messages are rejected. */
export const MAX_REQUEST_BYTES = 1024 * 1024

/**
 * Bounds on what is read and dropped of a body that a client still sends after its response. If the connection were cut
 * at once, the client might not see the response: reading pauses after these bytes, and the cut follows after this time.
 */
const MAX_DRAIN_BYTES = 1024 * 1024
const MAX_DRAIN_MS = 2_000

/** Milliseconds within which a body that is read at once must arrive. */
const MAX_BODY_MS = 30_000

/**
 * Reads a request's body; resolves to null as soon as it exceeds `limit` bytes. The rest is then dropped. The connection of
 * a client that sends it too slowly is cut.
 */
export function readBody(req: IncomingMessage, limit: number): Promise<Buffer | null> {
  const timer = setTimeout(() => req.socket.destroy(), MAX_BODY_MS)
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) return void chunks.push(chunk)
      chunks = []
      resolve(null)
    })
    req.once('end', () => {
      clearTimeout(timer)
      resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks))
    })
    req.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}

/** Bounds what is read of a request after its response, whichever handler sent it. Call it when the request arrives. */
export function limitUnreadBody(req: IncomingMessage, res: ServerResponse): void {
  // Runs before the listener of Node.js, which would drop the rest of the body without a bound.
  res.prependOnceListener('finish', () => {
    if (req.complete) return
    const timer = setTimeout(() => req.socket.destroy(), MAX_DRAIN_MS)
    req.once('close', () => clearTimeout(timer))
    let drained = 0
    req.on('data', (chunk: Buffer) => {
      drained += chunk.length
      if (drained > MAX_DRAIN_BYTES) req.pause()
    })
    // Node.js treats a body as consumed by the application only after a first read.
    req.read(0)
  })
}
