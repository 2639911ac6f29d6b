import type { IncomingMessage, ServerResponse } from 'node:http'

/** A signal that aborts when the client disconnects before it has the response. */
export function disconnectionOf(req: IncomingMessage, res: ServerResponse): AbortSignal {
  const disconnection = new AbortController()
  // A client that closes its half reads no further responses. One that is already written may still be in transit.
  const onHalfClosed = () => res.writableEnded || res.destroy()
  req.socket.once('end', onHalfClosed)
  res.once('close', () => {
    req.socket.off('end', onHalfClosed)
    if (!res.writableFinished) disconnection.abort()
  })
  return disconnection.signal
}
