import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Tracing } from '../../tracing/tracing.ts'
import { GRAPHQL_PATH } from '../graphql/graphql-server.ts'
import { MCP_PATH } from '../mcp/mcp-handler.ts'
import { shownMethod } from '../metrics/http-metrics.ts'
import type { RequestHandler } from './pipelining.ts'
import { pathPattern } from './request-description.ts'
import { pathOf } from './url-path.ts'

/** Paths of clients, whose `traceparent` is accepted. */
const CLIENT_PATHS = new Set([GRAPHQL_PATH, MCP_PATH, '/files/:id', '/rooms/:id/files'])
/** Webhooks come from providers, which have no trace in common with the gateway. */
const WEBHOOK_PATH = '/webhooks/:provider'

/** Serves requests as spans. Pages and probes have none. */
export function traceRequests(tracing: Tracing, serve: RequestHandler): RequestHandler {
  return (req, res) => {
    const path = pathPattern(pathOf(req.url))
    const isClient = CLIENT_PATHS.has(path)
    if (!isClient && path !== WEBHOOK_PATH) return void serve(req, res)
    const parent = isClient ? traceparentOf(req) : null
    const method = shownMethod(req.method ?? '')
    const attributes = { 'http.request.method': method, 'http.route': path }
    const span = tracing.start({ name: `${method} ${path}`, kind: 'server', attributes, parent })
    res.once('close', () => {
      if (!res.headersSent) return void span.end('aborted')
      span.set({ 'http.response.status_code': res.statusCode })
      span.end(errorTypeOf(res))
    })
    tracing.runIn(span, () => serve(req, res))
  }
}

function traceparentOf({ headers }: IncomingMessage): string | null {
  const { traceparent } = headers
  return typeof traceparent === 'string' ? traceparent : null
}

function errorTypeOf(res: ServerResponse): string | null {
  if (!res.writableFinished) return 'aborted'
  return res.statusCode >= 500 ? String(res.statusCode) : null
}
