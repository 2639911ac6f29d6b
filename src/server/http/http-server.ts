import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ServeFile } from '../files/file-handler.ts'
import { GRAPHQL_PATH } from '../graphql/graphql-server.ts'
import { MCP_PATH, type ServeMcp } from '../mcp/mcp-handler.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { ServeGraphiQLFile } from '../pages/graphiql-files.ts'
import type { ServeStaticFile } from '../pages/static-files.ts'
import { limitUnreadBody } from '../request-checks/request-body.ts'
import { WEBHOOKS_PATH, type WebhookHandler } from '../webhooks/webhook-handler.ts'
import { rejectRequest } from './error-response.ts'
import { createGraphQLHandler, type GraphQLHandlerOptions } from './graphql-handler.ts'
import { serveInOrder } from './pipelining.ts'
import { describeRequest } from './request-description.ts'
import { traceRequests } from './request-spans.ts'
import { sendBody } from './send-response.ts'
import { pathOf } from './url-path.ts'

/** Vendors and load balancers use host names of their own for these, and none of them reveals anything to a web page. */
const PATHS_FOR_ANY_HOST = /^\/(webhooks\/|health$|ready$)/
const MISDIRECTED = 421

/**
 * Milliseconds within which the head of a request, and the whole request, must arrive. Only a file may take as long as the
 * second: other bodies have a limit of their own (`readBody`).
 */
const TIMEOUTS = {
  headersTimeout: 15_000,
  requestTimeout: 900_000,
  connectionsCheckingInterval: 5_000,
} as const

/** The handlers of the HTTP server. */
export interface HttpServerOptions extends GraphQLHandlerOptions {
  readonly metrics: Pick<Metrics, 'render' | 'observeHttpRequest'>
  readonly webhooks: WebhookHandler
  readonly serveFile: ServeFile
  /** Null if the Model Context Protocol is off. */
  readonly serveMcp: ServeMcp | null
  /** Null if GraphiQL is not served. */
  readonly serveGraphiQLFile: ServeGraphiQLFile | null
  /** Null if no pages are served. */
  readonly serveStaticFile: ServeStaticFile | null
  /** Whether the gateway accepts work: false while it starts and stops. Connections are not kept alive then. */
  readonly isReady: () => boolean
}

/** The HTTP server. It does not listen yet. */
export interface HttpServer {
  readonly server: Server
  /** Accepts no more connections; resolves when the last response has been sent, or after `ms` milliseconds. */
  drain(ms: number): Promise<void>
}

/** Creates the HTTP server with all its paths. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { guard } = options.unexpected
  const route = guard('http_request', createRouter(options), (_req, res) => respondToFailure(res))
  const handle = options.tracing ? traceRequests(options.tracing, route) : route
  let isDraining = false
  const server = createServer(
    TIMEOUTS,
    serveInOrder(options.subscriptions.inbound, handle, (req, res, startedAt) => {
      options.metrics.observeHttpRequest(describeRequest(req, res, startedAt))
      // A kept-alive connection without a request in flight must not delay the shutdown.
      if (isDraining) server.closeIdleConnections()
    }),
  )
  const connections = new Set<Socket>()
  server.on(
    'connection',
    guard('http_connection', (socket: Socket) => {
      connections.add(socket)
      socket.once('close', () => connections.delete(socket))
    }),
  )
  return {
    server,
    drain(ms) {
      isDraining = true
      return drain(server, connections, ms)
    },
  }
}

function createRouter(options: HttpServerOptions) {
  const serveGraphQL = createGraphQLHandler(options)
  return (req: IncomingMessage, res: ServerResponse): unknown => {
    limitUnreadBody(req, res)
    // The client's next request then opens a connection, through its load balancer to another replica.
    if (!options.isReady()) res.setHeader('connection', 'close')
    const path = pathOf(req.url)
    if (!PATHS_FOR_ANY_HOST.test(path) && !options.isAllowedHost(req))
      return rejectHost(path, req, res, options)
    if (path === GRAPHQL_PATH) return serveGraphQL(req, res)
    if (path === MCP_PATH && options.serveMcp) return options.serveMcp(req, res)
    if (path.startsWith(WEBHOOKS_PATH)) return options.webhooks.handle(path, req, res)
    const graphiqlFile = options.serveGraphiQLFile?.(path, req, res) ?? null
    if (graphiqlFile !== null) return graphiqlFile
    const transfer = options.serveFile(path, req, res)
    if (transfer !== null) return transfer
    return options.serveStaticFile?.(path, req, res) || serveProbe(path, req, res, options)
  }
}

async function drain(server: Server, connections: ReadonlySet<Socket>, ms: number): Promise<void> {
  const deadline = setTimeout(() => server.closeAllConnections(), ms)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Browsers open connections in advance, and the server would wait for their first request.
  for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
  await closed
  clearTimeout(deadline)
}

function rejectHost(
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  options: HttpServerOptions,
): void {
  options.security.recordRefusal('host', { address: options.clientAddress(req) })
  const message = 'This gateway is not reached under this host name: see ALLOWED_HOSTS.'
  if (path === GRAPHQL_PATH) rejectRequest(res, MISDIRECTED, 'MISDIRECTED_REQUEST', message)
  else sendText(res, MISDIRECTED, message)
}

/** Responds 500 to a request whose handler failed, or cuts a response that has begun. */
function respondToFailure(res: ServerResponse): void {
  if (res.headersSent) res.destroy()
  else sendText(res, 500, 'unexpected error')
}

function serveProbe(
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  options: HttpServerOptions,
): void | Promise<void> {
  const readPath = req.method === 'GET' || req.method === 'HEAD' ? path : null
  if (readPath === '/health') return sendText(res, 200, 'alive')
  if (readPath === '/ready') return sendReadiness(res, options.isReady())
  if (readPath === '/metrics') return sendMetrics(res, options)
  return sendText(res, 404, 'not found')
}

function sendReadiness(res: ServerResponse, isReady: boolean): void {
  if (isReady) sendText(res, 200, 'ready')
  else sendText(res, 503, 'not ready')
}

async function sendMetrics(
  res: ServerResponse,
  { metrics, compression }: Pick<HttpServerOptions, 'metrics' | 'compression'>,
): Promise<void> {
  const { contentType, text } = await metrics.render()
  const headers = { 'content-type': contentType, 'cache-control': 'no-store' }
  await sendBody(res, 200, headers, Buffer.from(text), compression)
}

function sendText(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
