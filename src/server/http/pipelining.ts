import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FairScheduler } from '../scheduling/fair-scheduler.ts'

/**
 * Requests of one connection that may be queued; one more cuts the connection. Reading cannot be paused instead, because
 * the parser of Node.js resumes it after each request.
 */
export const MAX_QUEUED_REQUESTS = 200

/** Serves one request. */
export type RequestHandler = (req: IncomingMessage, res: ServerResponse) => void

/**
 * Serves the requests of each connection one after another. Responses leave in the order of the requests anyway (RFC
 * 9112, 9.3.2). Without this, thousands of pipelined requests would be served in one go, and all other clients would
 * wait. Each request waits for the response before it, and then for its turn in the scheduler. `onServed` is called when
 * a response has been sent or its client has disconnected, with the time at which serving began (`performance.now()`).
 */
export function serveInOrder(
  scheduler: FairScheduler,
  serve: RequestHandler,
  onServed: (req: IncomingMessage, res: ServerResponse, startedAt: number) => void,
): RequestHandler {
  const queueBySocket = new WeakMap<Socket, (() => void)[]>()

  const start = (req: IncomingMessage, res: ServerResponse): void => {
    const startedAt = performance.now()
    res.once('close', () => {
      startNext(req.socket)
      onServed(req, res, startedAt)
    })
    serve(req, res)
  }
  const startNext = (socket: Socket): void => {
    const queue = queueBySocket.get(socket) ?? []
    const next = queue.shift()
    if (next && !socket.destroyed) scheduler.schedule({ run: next })
    else queueBySocket.delete(socket)
  }

  return (req, res) => {
    const { socket } = req
    // Requests that arrived before the connection was cut are still parsed.
    if (socket.destroyed) return
    const queue = queueBySocket.get(socket)
    if (queue) {
      if (queue.push(() => start(req, res)) > MAX_QUEUED_REQUESTS) socket.destroy()
      return
    }
    queueBySocket.set(socket, [])
    start(req, res)
  }
}
