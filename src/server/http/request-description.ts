import type { IncomingMessage, ServerResponse } from 'node:http'
import { GRAPHQL_PATH } from '../graphql/graphql-server.ts'
import { MCP_PATH } from '../mcp/mcp-handler.ts'
import type { HttpRequestReport } from '../metrics/http-metrics.ts'
import { WEBHOOKS_PATH } from '../webhooks/webhook-handler.ts'
import { pathOf } from './url-path.ts'

const PROBES = new Set(['/health', '/ready', '/metrics'])

/** Describes a served request for metrics and the log. `startedAt` is a `performance.now()`. */
export function describeRequest(
  req: IncomingMessage,
  res: ServerResponse,
  startedAt: number,
): HttpRequestReport {
  return {
    method: req.method ?? '',
    path: pathPattern(pathOf(req.url)),
    status: res.writableFinished ? res.statusCode : null,
    seconds: (performance.now() - startedAt) / 1000,
    isEventStream: res.getHeader('content-type') === 'text/event-stream',
  }
}

/** A path without ids, names of files and query: one of a few patterns, whatever the client sent. */
export function pathPattern(path: string): string {
  if (path === GRAPHQL_PATH || path === MCP_PATH || PROBES.has(path)) return path
  if (path.startsWith(WEBHOOKS_PATH)) return `${WEBHOOKS_PATH}:provider`
  if (path.startsWith('/files/')) return '/files/:id'
  if (path.startsWith('/rooms/')) return '/rooms/:id/files'
  return 'page'
}
