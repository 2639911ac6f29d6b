import { createMcpHandler as createExchangeHandler } from '@modelcontextprotocol/server'
import type { GraphQLSchema } from 'graphql'
import type { Tracing } from '../../tracing/tracing.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import { createMcpServer } from './mcp-server.ts'
import { createRunDocument, type McpClient } from './run-document.ts'
import { createToolCatalog } from './tool-catalog.ts'

/** Dependencies of the protocol. */
export interface ProtocolOptions {
  readonly schema: GraphQLSchema
  readonly graphql: GraphQLServer
  readonly unexpected: Pick<UnexpectedErrors, 'report'>
  readonly version: string
  /** Null where tracing is off. */
  readonly tracing: Tracing | null
}

/** Answers one request of an identified operator. `message` is the parsed body; absent for a request without one. */
export type ServeProtocol = (request: Request, message: unknown, client: McpClient) => Promise<Response>

/**
 * Creates the protocol with the official library: each request is served by itself, of clients of the protocol of 2026 and
 * of those before it, and no session or stream stays open between requests.
 */
export function createProtocol({
  schema,
  graphql,
  unexpected,
  version,
  tracing,
}: ProtocolOptions): ServeProtocol {
  const catalog = createToolCatalog(schema)
  return (request, message, client) => {
    const { caller } = client
    const run = createRunDocument(graphql, client, tracing)
    const { fetch } = createExchangeHandler(
      () => createMcpServer({ schema, catalog, caller, run, unexpected, version }),
      // Nothing changes that a client could be notified of.
      { maxSubscriptions: 0 },
    )
    return fetch(request, { parsedBody: message })
  }
}
