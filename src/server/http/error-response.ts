import type { ServerResponse } from 'node:http'
import type { GraphQLFormattedError } from 'graphql'

/** Responds to a GraphQL request that is rejected before it runs. */
export function rejectRequest(res: ServerResponse, status: number, code: string, message: string): void {
  sendError(res, status, { message, extensions: { code } })
}

/** Responds with one GraphQL error. */
export function sendError(res: ServerResponse, status: number, error: GraphQLFormattedError): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  res.end(JSON.stringify({ errors: [error] }))
}
