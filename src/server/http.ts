import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Identify } from './callers.ts'
import { GRAPHQL_PATH, type GraphQLServer } from './graphql.ts'
import type { Metrics } from './metrics.ts'

export interface HttpOptions {
  readonly graphql: GraphQLServer
  readonly identify: Identify
  readonly metrics: Metrics
  /** Whether the gateway takes work: false while it starts and drains. */
  readonly isReady: () => boolean
}

/** The doors that speak HTTP. */
export function createHttpServer(options: HttpOptions): Server {
  return createServer((req, res) => {
    const [path = '/'] = (req.url ?? '/').split('?', 1)
    if (path === GRAPHQL_PATH) return serveGraphQL(req, res, options)
    if (req.method !== 'GET' && req.method !== 'HEAD') return sendText(res, 404, 'not found')
    if (path === '/health') return sendText(res, 200, 'alive')
    if (path === '/ready')
      return options.isReady() ? sendText(res, 200, 'ready') : sendText(res, 503, 'not ready')
    if (path === '/metrics') return serveMetrics(res, options.metrics)
    return sendText(res, 404, 'not found')
  })
}

function serveGraphQL(req: IncomingMessage, res: ServerResponse, { graphql, identify }: HttpOptions): void {
  const caller = identify({
    authorization: req.headers.authorization,
    visitorToken: headerText(req.headers['x-visitor-token']),
  })
  if (!caller) {
    sendError(res, 401, 'UNAUTHENTICATED', 'This credential is not valid.')
    return
  }
  if (req.method === 'POST' && !isJson(req)) {
    // Nor may a page of another origin send anything else without being asked about by its browser first.
    sendError(res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json.')
    return
  }
  const left = new AbortController()
  res.once('close', () => left.abort())
  // The engine answers its own failures; what remains is a socket that broke while being written to.
  Promise.resolve(graphql(req, res, { caller, signal: left.signal })).catch(() => res.destroy())
}

function serveMetrics(res: ServerResponse, metrics: Metrics): void {
  metrics.render().then(
    ({ contentType, text }) => res.writeHead(200, { 'content-type': contentType }).end(text),
    () => sendText(res, 500, 'no metrics'),
  )
}

function isJson(req: IncomingMessage): boolean {
  const [type = ''] = (req.headers['content-type'] ?? '').split(';', 1)
  return /^application\/(json|graphql|[\w.-]+\+json)$/i.test(type.trim())
}

/** A header that came twice is joined, and so is no valid token. */
function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}

function sendError(res: ServerResponse, status: number, code: string, message: string): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] })
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  res.end(body)
}

function sendText(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
