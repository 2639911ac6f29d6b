import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FairScheduler } from '../scheduling/fair-scheduler.ts'

/**
 * Requests of one connection that may wait for the answers before theirs; with one more it is cut. Reading cannot be
 * paused in between, as the parser of the runtime takes it up again after each request.
 */
export const MAX_QUEUED_REQUESTS = 200

/** Serves one request. */
export type RequestHandler = (req: IncomingMessage, res: ServerResponse) => void

/**
 * Serves the requests of each connection one after another. Answers leave in the order of the requests anyway (RFC
 * 9112, 9.3.2), and a client that sends thousands without waiting would have all of them served in one go, with nobody
 * else in between: each waits for the answer before it, and then for its turn among everything else. `onServed` is
 * called when an answer has gone out, or its client.
 */
export function serveInOrder(
  rounds: FairScheduler,
  serve: RequestHandler,
  onServed: () => void,
): RequestHandler {
  const waitingBySocket = new WeakMap<Socket, (() => void)[]>()

  const begin = (req: IncomingMessage, res: ServerResponse): void => {
    res.once('close', () => {
      advance(req.socket)
      onServed()
    })
    serve(req, res)
  }
  const advance = (socket: Socket): void => {
    const waiting = waitingBySocket.get(socket) ?? []
    const next = waiting.shift()
    if (next && !socket.destroyed) rounds.schedule({ run: next })
    else waitingBySocket.delete(socket)
  }

  return (req, res) => {
    const { socket } = req
    // What it had sent before it was cut is still parsed.
    if (socket.destroyed) return
    const waiting = waitingBySocket.get(socket)
    if (waiting) {
      if (waiting.push(() => begin(req, res)) > MAX_QUEUED_REQUESTS) socket.destroy()
      return
    }
    waitingBySocket.set(socket, [])
    begin(req, res)
  }
}
