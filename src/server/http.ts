import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { GRAPHQL_PATH } from './graphql.ts'
import { createGraphQLHandler, type GraphQLHttpOptions } from './graphql-http.ts'
import type { Metrics } from './metrics.ts'

export interface HttpOptions extends GraphQLHttpOptions {
  readonly metrics: Metrics
  /** Whether the gateway takes work: false while it starts and drains. */
  readonly isReady: () => boolean
}

/** The doors that speak HTTP. */
export function createHttpServer(options: HttpOptions): Server {
  const serveGraphQL = createGraphQLHandler(options)
  const server = createServer((req, res) => {
    // A connection whose last answer has gone out must not keep a draining gateway waiting for another request.
    res.once('close', () => {
      if (!options.isReady()) server.closeIdleConnections()
    })
    const [path = '/'] = (req.url ?? '/').split('?', 1)
    if (path === GRAPHQL_PATH) serveGraphQL(req, res)
    else serveProbe(path, req, res, options)
  })
  return server
}

function serveProbe(path: string, req: IncomingMessage, res: ServerResponse, options: HttpOptions): void {
  const known = req.method === 'GET' || req.method === 'HEAD' ? path : null
  if (known === '/health') sendText(res, 200, 'alive')
  else if (known === '/ready') sendReadiness(res, options.isReady())
  else if (known === '/metrics') sendMetrics(res, options.metrics)
  else sendText(res, 404, 'not found')
}

function sendReadiness(res: ServerResponse, isReady: boolean): void {
  if (isReady) sendText(res, 200, 'ready')
  else sendText(res, 503, 'not ready')
}

function sendMetrics(res: ServerResponse, metrics: Metrics): void {
  metrics.render().then(
    ({ contentType, text }) => res.writeHead(200, { 'content-type': contentType }).end(text),
    () => sendText(res, 500, 'no metrics'),
  )
}

function sendText(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
