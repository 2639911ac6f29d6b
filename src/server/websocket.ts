import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ExecutionArgs, GraphQLError } from 'graphql'
import { handleProtocols, type SubscribePayload } from 'graphql-ws'
import { type Extra, useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import type { Caller } from '../chat/caller.ts'
import type { Identify } from './callers.ts'
import { GRAPHQL_PATH, type GraphQLServer, LARGEST_REQUEST } from './graphql.ts'
import type { IsAllowedOrigin } from './origins.ts'

export interface WebSocketOptions {
  readonly identify: Identify
  readonly isAllowedOrigin: IsAllowedOrigin
  readonly maxSubscriptionsPerSocket: number
  /** Milliseconds within which a client must introduce itself. */
  readonly initTimeoutMs: number
}

type SocketState = {
  caller: Caller
  /** One per operation under way: aborted when it is over or its socket closes. */
  operations: Map<string, AbortController>
}
type SocketExtra = Extra & Partial<SocketState>

type EnvelopedArgs = ExecutionArgs & Pick<ReturnType<GraphQLServer['getEnveloped']>, 'execute' | 'subscribe'>

/** Serves graphql-transport-ws at the GraphQL path; the returned function closes every socket. */
export function serveWebSockets(
  server: Server,
  graphql: GraphQLServer,
  options: WebSocketOptions,
): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_REQUEST, handleProtocols })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = refuse(request, options.isAllowedOrigin)
    if (refusal)
      return void socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request))
  })

  const running = useServer<Record<string, unknown>, SocketState>(
    {
      // What went wrong in here is for the log, not for the close reason.
      isProd: true,
      connectionInitWaitTimeout: options.initTimeoutMs,
      // Both run what the engine's plugins made of them in onSubscribe.
      execute: (args) => (args as EnvelopedArgs).execute(args),
      subscribe: (args) => (args as EnvelopedArgs).subscribe(args),
      onConnect: ({ connectionParams, extra }) => {
        const caller = options.identify({
          authorization: textOf(connectionParams?.['authorization']),
          visitorToken: textOf(connectionParams?.['visitorToken']),
        })
        if (!caller) return false
        extra.caller = caller
        extra.operations = new Map()
        return true
      },
      onSubscribe: ({ extra, subscriptions }, id, payload) => {
        if (Object.keys(subscriptions).length > options.maxSubscriptionsPerSocket) return [tooMany(options)]
        return prepare(graphql, extra, id, payload)
      },
      onError: ({ extra }, id) => endOperation(extra, id),
      onComplete: ({ extra }, id) => endOperation(extra, id),
      onClose: ({ extra }) => {
        for (const id of extra.operations?.keys() ?? []) endOperation(extra, id)
      },
    },
    sockets,
  )
  return async () => {
    await running.dispose()
  }
}

function refuse(request: IncomingMessage, isAllowedOrigin: IsAllowedOrigin): string | null {
  const [path] = (request.url ?? '').split('?', 1)
  if (path !== GRAPHQL_PATH) return '404 Not Found'
  return isAllowedOrigin(request.headers.origin, request.headers.host) ? null : '403 Forbidden'
}

async function prepare(
  graphql: GraphQLServer,
  extra: SocketExtra,
  id: string,
  payload: SubscribePayload,
): Promise<EnvelopedArgs | readonly GraphQLError[]> {
  const caller = extra.caller ?? { role: 'ANONYMOUS' }
  const operation = new AbortController()
  extra.operations?.set(id, operation)
  const scope = { caller, signal: operation.signal, params: payload }
  const { schema, execute, subscribe, contextFactory, parse, validate } = graphql.getEnveloped(scope)
  try {
    const document = parse(payload.query)
    const errors = validate(schema, document)
    if (errors.length > 0) return errors
    return {
      schema,
      document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? null,
      contextValue: await contextFactory(),
      execute,
      subscribe,
    }
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

function endOperation(extra: SocketExtra, id: string): void {
  extra.operations?.get(id)?.abort()
  extra.operations?.delete(id)
}

function tooMany({ maxSubscriptionsPerSocket }: WebSocketOptions): GraphQLError {
  const message = `At most ${maxSubscriptionsPerSocket} operations at a time on one socket.`
  return new GraphQLError(message, { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } })
}

/** A credential of another type is a wrong one, not a missing one. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : ''
}
