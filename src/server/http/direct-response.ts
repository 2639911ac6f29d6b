import type { IncomingMessage, ServerResponse } from 'node:http'
import { processRegularResult } from 'graphql-yoga'
import type { DirectClient, DirectExecution, DirectRequest } from '../graphql/direct/direct-execution.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import { acceptedMediaType } from './accepted-media-type.ts'
import type { Compression } from './compression.ts'
import { sendBody, sendResponse } from './send-response.ts'

/** The client that waits for a response. */
export interface WaitingClient {
  readonly client: DirectClient
  readonly res: ServerResponse
  /** The media type of the response. */
  readonly mediaType: string
}

/** Dependencies of direct responses. */
export interface DirectResponseOptions {
  readonly graphql: GraphQLServer
  readonly direct: DirectExecution
  readonly compression: Compression
}

/** The media type of the direct response to a request; null for a request that the GraphQL engine must serve. */
export function directMediaType({ method, headers }: IncomingMessage): string | null {
  const [contentType] = (headers['content-type'] ?? '').split(';', 1)
  return method === 'POST' && contentType === 'application/json' ? acceptedMediaType(headers.accept) : null
}

/**
 * Executes a prepared request and sends its result, without the HTTP layer of the GraphQL engine. Resolves to false if the
 * engine must serve the request. Nothing was executed and nothing was sent then.
 */
export async function respondDirectly(
  request: DirectRequest,
  { client, res, mediaType }: WaitingClient,
  options: DirectResponseOptions,
): Promise<boolean> {
  const result = await options.direct.execute(request, client)
  if (result === null) return false
  if (!Buffer.isBuffer(result)) {
    // The status of a result with errors depends on them and on the media type.
    const response = processRegularResult(result, options.graphql.fetchAPI, mediaType)
    await sendResponse(res, response, options.compression)
  } else if (options.compression.appliesTo(res, result.length)) {
    const headers = { 'content-type': `${mediaType}; charset=utf-8`, 'cache-control': 'no-store' }
    await sendBody(res, 200, headers, result, options.compression)
  } else sendJson(res, result, mediaType)
  return true
}

function sendJson(res: ServerResponse, json: Buffer, mediaType: string): void {
  res.writeHead(200, {
    'content-type': `${mediaType}; charset=utf-8`,
    'content-length': json.length,
    'cache-control': 'no-store',
  })
  res.end(json)
}
