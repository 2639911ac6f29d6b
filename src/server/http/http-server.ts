import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { GRAPHQL_PATH } from '../graphql/graphql-server.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { WEBHOOKS_PATH, type WebhookHandler } from '../webhooks/webhook-handler.ts'
import { rejectRequest } from './error-response.ts'
import { createGraphQLHandler, type GraphQLHandlerOptions } from './graphql-handler.ts'
import { serveInOrder } from './pipelining.ts'
import { limitUnreadBody } from './request-body.ts'
import type { ServeStaticFile } from './static-files.ts'

/** Vendors and load balancers reach these under names of their own, and none of them tells a page anything. */
const ANY_HOST = /^\/(webhooks\/|health$|ready$)/
const MISDIRECTED = 421

/** Milliseconds within which a request's head, and the whole request, must have arrived. */
const RECEIVING = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
} as const

/** What lies behind the doors. */
export interface HttpServerOptions extends GraphQLHandlerOptions {
  readonly metrics: Metrics
  readonly webhooks: WebhookHandler
  /** Null where no pages are served. */
  readonly serveStaticFile: ServeStaticFile | null
  /** Whether the gateway takes work: false while it starts and drains. */
  readonly isReady: () => boolean
}

/** The doors that speak HTTP. */
export interface HttpServer {
  readonly server: Server
  /** Takes no more connections; resolves when the last answer has gone out, or after so many milliseconds. */
  drain(ms: number): Promise<void>
}

/** Makes the doors; they open when the server is told where to listen. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const serveGraphQL = createGraphQLHandler(options)
  const { guard } = options.unexpected
  const connections = new Set<Socket>()
  const serve = (req: IncomingMessage, res: ServerResponse): unknown => {
    limitUnreadBody(req, res)
    const [path = '/'] = (req.url ?? '/').split('?', 1)
    if (!ANY_HOST.test(path) && !options.isAllowedHost(req)) return refuseHost(path, req, res, options)
    if (path === GRAPHQL_PATH) return serveGraphQL(req, res)
    if (path.startsWith(WEBHOOKS_PATH)) return options.webhooks.handle(path, req, res)
    return options.serveStaticFile?.(path, req, res) || serveProbe(path, req, res, options)
  }
  const guarded = guard('http_request', serve, (_req, res: ServerResponse) => failRequest(res))
  const server = createServer(
    RECEIVING,
    serveInOrder(options.subscriptions.inbound, guarded, () => {
      // A connection whose last answer has gone out must not keep a draining gateway waiting for another request.
      if (!options.isReady()) server.closeIdleConnections()
    }),
  )
  server.on(
    'connection',
    guard('http_connection', (socket: Socket) => {
      connections.add(socket)
      socket.once('close', () => connections.delete(socket))
    }),
  )
  return { server, drain: (ms) => drain(server, connections, ms) }
}

async function drain(server: Server, connections: ReadonlySet<Socket>, ms: number): Promise<void> {
  const impatient = setTimeout(() => server.closeAllConnections(), ms)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Browsers keep some in reserve: the server would wait for a request that may never come.
  for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
  await closed
  clearTimeout(impatient)
}

function refuseHost(
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

/** A request whose handler failed: it is answered 500, or cut where the answer has begun. */
function failRequest(res: ServerResponse): void {
  if (res.headersSent) res.destroy()
  else sendText(res, 500, 'unexpected error')
}

function serveProbe(
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  options: HttpServerOptions,
): void | Promise<void> {
  const known = req.method === 'GET' || req.method === 'HEAD' ? path : null
  if (known === '/health') return sendText(res, 200, 'alive')
  if (known === '/ready') return sendReadiness(res, options.isReady())
  if (known === '/metrics') return sendMetrics(res, options.metrics)
  return sendText(res, 404, 'not found')
}

function sendReadiness(res: ServerResponse, isReady: boolean): void {
  if (isReady) sendText(res, 200, 'ready')
  else sendText(res, 503, 'not ready')
}

async function sendMetrics(res: ServerResponse, metrics: Metrics): Promise<void> {
  const { contentType, text } = await metrics.render()
  res.writeHead(200, { 'content-type': contentType }).end(text)
}

function sendText(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
