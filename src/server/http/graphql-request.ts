import type { IncomingMessage, ServerResponse } from 'node:http'
import { GraphQLError } from 'graphql'
import { z } from 'zod'
import { isNestedTooDeep, TOO_DEEP_DETAIL } from '../../domain/json.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import { GRAPHQL_PATH, MAX_REQUEST_BYTES } from '../graphql/graphql-server.ts'
import { parsingLimitError } from '../graphql/plugins/parsing-limit.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'
import { sourceKey, type WorkLimits } from '../limits/work-limits.ts'
import type { OperationRequest, SubscriptionRequest } from '../shared-subscriptions/subscription-request.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'
import type { IdentifiedClient } from '../sse/event-stream.ts'
import { rejectRequest, sendError } from './error-response.ts'
import { type HttpOperation, parseHttpOperation, withDocumentText } from './http-operation.ts'
import { readBody } from './request-body.ts'

/** What requests are read with. */
export interface GraphQLRequestOptions {
  readonly documents: TrustedDocuments
  readonly security: SecurityLog
  readonly subscriptions: SubscriptionServices
  readonly workLimits: WorkLimits
}

/** Bytes of a body that may be parsed even for a source that has used up its time for parsing. */
const SMALL_BODY = 16_384

const askedBody = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/** What a request asks for, as it is executed. */
export interface GraphQLRequest extends Pick<HttpOperation, 'url' | 'body'> {
  /** Null for anything else than a valid subscription. */
  readonly subscription: SubscriptionRequest | null
}

/**
 * Reads what a request asks for; null where it was refused. Nothing else of what came is kept: an event stream may
 * last for days.
 */
export async function readGraphQLRequest(
  req: IncomingMessage,
  res: ServerResponse,
  { caller, clientAddress }: IdentifiedClient,
  { documents, security, subscriptions, workLimits }: GraphQLRequestOptions,
): Promise<GraphQLRequest | null> {
  const refused = (status: number, code: string, message: string): null => {
    rejectRequest(res, status, code, message)
    return null
  }
  const bytes = req.method === 'POST' ? await readBody(req, MAX_REQUEST_BYTES) : undefined
  if (bytes === null) {
    security.recordRefusal('request_size', { address: clientAddress })
    return refused(413, 'REQUEST_ENTITY_TOO_LARGE', 'Send 1 MiB at most.')
  }
  const source = sourceKey(caller, clientAddress)
  const isLarge = bytes !== undefined && bytes.length > SMALL_BODY
  const waitMs = isLarge ? workLimits.parsingWaitMs(source) : 0
  if (waitMs > 0) {
    security.recordRefusal('rate_limit', refusalDetails(caller, clientAddress))
    return sendLimit(res, parsingLimitError(waitMs))
  }
  const text = bytes?.toString() ?? null
  if (text !== null && isNestedTooDeep(text)) return refused(400, 'BAD_REQUEST', TOO_DEEP_DETAIL)
  const read = () => parseHttpOperation(req.url ?? GRAPHQL_PATH, text)
  const sent = isLarge ? workLimits.measureParsing(source, read) : read()
  const named = documents.resolveText(sent.params, { caller, clientAddress })
  if (named instanceof GraphQLError) return refused(400, String(named.extensions['code']), named.message)
  const { url, body, params } = named === null ? sent : withDocumentText(sent, named)
  const asked = text === null ? null : askedIn(params)
  const subscription = asked && subscriptions.shared.parseSubscription(caller, clientAddress, asked)
  if (subscription === null) return { url, body, subscription }
  if (subscription instanceof GraphQLError) {
    const { code, retryAfterMs } = subscription.extensions
    return typeof retryAfterMs === 'number'
      ? sendLimit(res, subscription)
      : refused(400, String(code), subscription.message)
  }
  const { footprint: _, ...operation } = subscription
  return { url, body: JSON.stringify(operation), subscription }
}

/** What a request asks where it may be a subscription: most are none, and need no closer look. */
function askedIn(params: unknown): OperationRequest | null {
  const { success, data } = askedBody.safeParse(params)
  return success && data.query.includes('subscription') ? data : null
}

function sendLimit(res: ServerResponse, { message, extensions }: GraphQLError): null {
  const { http: _, ...rest } = extensions
  if (typeof rest['retryAfterMs'] === 'number')
    res.setHeader('retry-after', Math.ceil(rest['retryAfterMs'] / 1_000))
  sendError(res, 429, { message, extensions: rest })
  return null
}
