import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * After a response, so many bytes of a body that its client is still sending are read and dropped. A longer one is read
 * no further, and the connection is cut after this time: cut at once, its client might not see the response.
 */
const MAX_DRAIN_BYTES = 1024 * 1024
const MAX_DRAIN_MS = 2_000

/**
 * Reads a request's body, or gives null as soon as it is over `limit` bytes. What comes after that is dropped until
 * `cutUnreadBody` ends it.
 */
export function readBody(req: IncomingMessage, limit: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) return void chunks.push(chunk)
      chunks = []
      resolve(null)
    })
    req.once('end', () => resolve(Buffer.concat(chunks)))
    req.once('error', reject)
  })
}

/** Bounds what is read of a request after it was answered, whoever answered it. Call it when the request arrives. */
export function limitUnreadBody(req: IncomingMessage, res: ServerResponse): void {
  // Before the runtime's own listener, which would drop the rest of the body without a bound.
  res.prependOnceListener('finish', () => {
    if (req.complete) return
    const timer = setTimeout(() => req.socket.destroy(), MAX_DRAIN_MS)
    req.once('close', () => clearTimeout(timer))
    let drained = 0
    req.on('data', (chunk: Buffer) => {
      drained += chunk.length
      if (drained > MAX_DRAIN_BYTES) req.pause()
    })
    // The runtime counts a body as read by somebody only once a read was asked for.
    req.read(0)
  })
}
