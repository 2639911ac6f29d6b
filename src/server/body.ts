import type { IncomingMessage } from 'node:http'

/**
 * Reads a request's body, or gives null as soon as it is over `limit` bytes. What comes after that is read and
 * dropped: a connection that is cut while its client still sends would lose the answer.
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
