import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ExecutionArgs } from 'graphql'
import { handleProtocols, makeServer } from 'graphql-ws'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import type { Identify } from './callers.ts'
import { GRAPHQL_PATH, type GraphQLServer, LARGEST_REQUEST } from './graphql.ts'
import type { IsAllowedOrigin } from './origins.ts'
import { fitSocket } from './socket-fitting.ts'
import {
  type EngineArgs,
  endOperation,
  endUnwanted,
  formatError,
  formatResult,
  newSocketState,
  prepareOperation,
  type SocketState,
} from './socket-operations.ts'

const GOING_AWAY = 1001

export interface WebSocketOptions {
  readonly graphql: GraphQLServer
  readonly identify: Identify
  readonly isAllowedOrigin: IsAllowedOrigin
  readonly maxSubscriptionsPerSocket: number
  /** Milliseconds within which a client must introduce itself. */
  readonly initTimeoutMs: number
  /** Milliseconds that a client has to close its side when the gateway stops. */
  readonly drainMs: number
  readonly log: Logger
}

/** Serves graphql-transport-ws at the GraphQL path; the returned function closes every socket. */
export function serveWebSockets(server: Server, options: WebSocketOptions): () => Promise<void> {
  const { log } = options
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_REQUEST, handleProtocols })
  const protocol = createProtocol(options)
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = refuse(request, options.isAllowedOrigin)
    if (refusal)
      return void socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    sockets.handleUpgrade(request, socket, head, (accepted) =>
      fitSocket(accepted, { protocol, state: newSocketState(), onMessageTaken: endUnwanted, log }),
    )
  })
  return () => closeAll(sockets, options.drainMs)
}

function createProtocol({ graphql, identify, maxSubscriptionsPerSocket, initTimeoutMs }: WebSocketOptions) {
  return makeServer<Record<string, unknown>, SocketState>({
    connectionInitWaitTimeout: initTimeoutMs,
    // Both run what the engine's plugins made of them in onSubscribe.
    execute: (args) => enveloped(args).execute(args),
    subscribe: (args) => enveloped(args).subscribe(args),
    onConnect: ({ connectionParams, extra }) => {
      const caller = identify({
        authorization: textOf(connectionParams?.['authorization']),
        visitorToken: textOf(connectionParams?.['visitorToken']),
      })
      if (!caller) return false
      extra.caller = caller
      return true
    },
    onSubscribe: (socket, id, payload) =>
      prepareOperation(graphql, socket, maxSubscriptionsPerSocket, id, payload),
    onNext: (_socket, _id, _payload, _args, result) => formatResult(result),
    onError: ({ extra }, _id, payload, errors) => {
      endOperation(extra, payload)
      return errors.map(formatError)
    },
    onComplete: ({ extra }, _id, payload) => endOperation(extra, payload),
    onClose: ({ extra }) => endUnwanted(extra),
  })
}

function enveloped(args: ExecutionArgs): EngineArgs {
  return args as EngineArgs
}

/** Says goodbye to every client, and to those who do not answer no longer than `drainMs`. */
async function closeAll(sockets: WebSocketServer, drainMs: number): Promise<void> {
  for (const client of sockets.clients) client.close(GOING_AWAY, 'Going away')
  const impatient = setTimeout(() => {
    for (const client of sockets.clients) client.terminate()
  }, drainMs)
  await new Promise((resolve) => sockets.close(resolve))
  clearTimeout(impatient)
}

function refuse(request: IncomingMessage, isAllowedOrigin: IsAllowedOrigin): string | null {
  const [path] = (request.url ?? '').split('?', 1)
  if (path !== GRAPHQL_PATH) return '404 Not Found'
  return isAllowedOrigin(request.headers.origin, request.headers.host) ? null : '403 Forbidden'
}

/** A credential of another type is a wrong one, not a missing one. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : ''
}
