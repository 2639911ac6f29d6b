import { CloseCode, type Server as Protocol } from 'graphql-ws'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { LARGEST_REQUEST } from './graphql.ts'

/** Bytes of answers that may wait for a peer that goes on asking. */
const MOST_WAITING = 4 * LARGEST_REQUEST

/** A peer that answers no ping for so long is gone. */
const KEEP_ALIVE_MS = 12_000

export interface FittingOptions<State> {
  readonly protocol: Protocol<State>
  readonly state: State
  /** Runs after each message, when the protocol has taken it in and its answer is still on the way. */
  readonly onMessageTaken: (state: State) => void
  readonly log: Logger
}

/**
 * Puts an accepted socket behind the protocol. It is graphql-ws's fitting for `ws`, but for two things: what breaks is
 * told to the log, where graphql-ws writes it to the console as it is, and the gateway learns of each message.
 */
export function fitSocket<State>(socket: WebSocket, options: FittingOptions<State>): void {
  const { protocol, state, onMessageTaken, log } = options
  const broke = (err: unknown): void => {
    log.error({ err }, 'a socket broke')
    socket.close(CloseCode.InternalServerError, 'Internal server error')
  }
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) => {
        socket.on('message', (data) => {
          // Answers wait for a peer that does not read; one that keeps asking all the same is cut off.
          if (socket.bufferedAmount > MOST_WAITING) return socket.terminate()
          take(String(data)).catch(broke)
          onMessageTaken(state)
        })
      },
    },
    state,
  )
  const stopPings = keepAlive(socket)
  // A frame that is too big or malformed: `ws` closes with the fitting code by itself.
  socket.on('error', (err) => log.debug({ err }, 'a peer broke the WebSocket protocol'))
  socket.once('close', (code, reason) => {
    stopPings()
    closed(code, String(reason)).catch(broke)
  })
}

/** Resolves when the message has left the process, so that a slow reader slows its own streams down. */
function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve()
    socket.send(text, (error) => (error ? reject(error) : resolve()))
  })
}

function keepAlive(socket: WebSocket): () => void {
  let isAlive = true
  socket.on('pong', () => {
    isAlive = true
  })
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, KEEP_ALIVE_MS)
  return () => clearInterval(timer)
}
