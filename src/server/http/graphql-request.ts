import type { IncomingMessage, ServerResponse } from 'node:http'
import { GraphQLError } from 'graphql'
import { z } from 'zod'
import { isNestedTooDeep, TOO_DEEP_DETAIL } from '../../domain/json.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import { GRAPHQL_PATH } from '../graphql/graphql-server.ts'
import type { OperationRequest } from '../graphql/operation-request.ts'
import { parsingLimitError } from '../graphql/plugins/parsing-limit.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'
import type { IdentifiedClient } from '../identity/caller-identification.ts'
import { bodyWaitMs, chargeOf } from '../limits/large-body.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import { MAX_REQUEST_BYTES, readBody } from '../request-checks/request-body.ts'
import type { SubscriptionRequest } from '../shared-subscriptions/subscription-request.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'
import { rejectRequest, sendError } from './error-response.ts'
import { type HttpOperation, parseHttpOperation, withDocumentText } from './http-operation.ts'

/** Dependencies of reading a request. */
export interface GraphQLRequestOptions {
  readonly documents: TrustedDocuments
  readonly security: SecurityLog
  readonly subscriptions: SubscriptionServices
  readonly workLimits: WorkLimits
}

const operationBody = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/** A request in the form in which it is executed. */
export interface GraphQLRequest extends HttpOperation {
  /** Null for anything but a valid subscription. */
  readonly subscription: SubscriptionRequest | null
}

/** Reads the body of a POST request; null for another method. Resolves to undefined if it was rejected as too large. */
export async function readRequestBody(
  req: IncomingMessage,
  res: ServerResponse,
  { clientAddress }: IdentifiedClient,
  { security }: GraphQLRequestOptions,
): Promise<string | null | undefined> {
  if (req.method !== 'POST') return null
  const bytes = await readBody(req, MAX_REQUEST_BYTES)
  if (bytes) return bytes.toString()
  security.recordRefusal('request_size', { address: clientAddress })
  rejectRequest(res, 413, 'REQUEST_ENTITY_TOO_LARGE', 'Send 1 MiB at most.')
  return undefined
}

/**
 * Parses a request; returns null if it was rejected, and the response says so. Nothing else that the client sent is kept,
 * because an event stream may last for days.
 */
export function parseGraphQLRequest(
  req: IncomingMessage,
  res: ServerResponse,
  client: IdentifiedClient,
  body: string | null,
  options: GraphQLRequestOptions,
): GraphQLRequest | null {
  const sent = parseBody(req, res, client, body, options)
  if (sent === null) return null
  const text = options.documents.resolveText(sent.params, client)
  if (text instanceof GraphQLError) return reject(res, text)
  const operation = text === null ? sent : withDocumentText(sent, text)
  const subscription = parseSubscription(operation, client, options)
  if (subscription instanceof GraphQLError) return reject(res, subscription)
  if (subscription === null) return { ...operation, subscription }
  const { footprint: _, ...reduced } = subscription
  return { url: operation.url, body: JSON.stringify(reduced), params: reduced, subscription }
}

/** Parses the body within the limits on depth and parsing time; null if one of them rejects it. */
function parseBody(
  req: IncomingMessage,
  res: ServerResponse,
  client: IdentifiedClient,
  body: string | null,
  { security, workLimits }: GraphQLRequestOptions,
): HttpOperation | null {
  const { caller, clientAddress } = client
  const charge = chargeOf(body, client, workLimits)
  const waitMs = bodyWaitMs(body, client, workLimits)
  if (waitMs > 0) {
    security.recordRefusal('rate_limit', refusalDetails(caller, clientAddress))
    return reject(res, parsingLimitError(waitMs))
  }
  if (body !== null && isNestedTooDeep(body)) {
    rejectRequest(res, 400, 'BAD_REQUEST', TOO_DEEP_DETAIL)
    return null
  }
  const parse = () => parseHttpOperation(req.url ?? GRAPHQL_PATH, body)
  return charge ? charge(parse) : parse()
}

/** The valid subscription in a POST request; null for any other operation. */
function parseSubscription(
  { body, params }: HttpOperation,
  { caller, clientAddress }: IdentifiedClient,
  { subscriptions }: GraphQLRequestOptions,
): SubscriptionRequest | GraphQLError | null {
  const request = body === null ? null : toOperationRequest(params)
  return request && subscriptions.shared.parseSubscription(caller, clientAddress, request)
}

/** The operation if it may be a subscription. Most requests contain none, and are not examined further. */
function toOperationRequest(params: unknown): OperationRequest | null {
  return mayBeSubscription(params) ? (operationBody.safeParse(params).data ?? null) : null
}

function mayBeSubscription(params: unknown): boolean {
  if (typeof params !== 'object' || params === null || !('query' in params)) return false
  return typeof params.query === 'string' && params.query.includes('subscription')
}

/** Responds 429 to an error that says when to retry, else 400. */
function reject(res: ServerResponse, { message, extensions }: GraphQLError): null {
  const { http: _, ...rest } = extensions
  const { retryAfterMs } = rest
  if (typeof retryAfterMs !== 'number') {
    rejectRequest(res, 400, String(rest['code']), message)
    return null
  }
  res.setHeader('retry-after', Math.ceil(retryAfterMs / 1_000))
  sendError(res, 429, { message, extensions: rest })
  return null
}
