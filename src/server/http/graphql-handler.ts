import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Tracing } from '../../tracing/tracing.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import type { DirectExecution } from '../graphql/direct/direct-execution.ts'
import { LazyAbort } from '../graphql/direct/lazy-abort.ts'
import { createMaskError } from '../graphql/error-masking.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import type { OperationScope } from '../graphql/operation-context.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'
import { authenticationFailureDetails, toHttpResponse } from '../identity/authentication-failure.ts'
import type { IdentifiedClient, IdentifyCaller } from '../identity/caller-identification.ts'
import { credentialsOf } from '../identity/http-credentials.ts'
import { chargeOf } from '../limits/large-body.ts'
import type { SocketQuota } from '../limits/socket-quota.ts'
import { quotaKey, type SubscriptionFootprint } from '../limits/subscription-quota.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import { setCorsHeaders } from '../request-checks/cors.ts'
import type { RequestChecks } from '../request-checks/request-checks.ts'
import { startExpiryTimer } from '../scheduling/expiry-timer.ts'
import type { SubscriptionRequest } from '../shared-subscriptions/subscription-request.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'
import { type EventStreamOptions, endStartSpan, lastEventId, serveEventStream } from '../sse/event-stream.ts'
import type { Compression } from './compression.ts'
import { directMediaType, respondDirectly } from './direct-response.ts'
import { rejectRequest, sendError } from './error-response.ts'
import { type GraphQLRequest, parseGraphQLRequest, readRequestBody } from './graphql-request.ts'
import { sendResponse } from './send-response.ts'

/** Dependencies of GraphQL over HTTP. */
export interface GraphQLHandlerOptions extends RequestChecks {
  readonly graphql: GraphQLServer
  readonly direct: DirectExecution
  readonly documents: TrustedDocuments
  readonly subscriptions: SubscriptionServices
  readonly identify: IdentifyCaller
  readonly security: SecurityLog
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
  readonly socketQuota: SocketQuota
  readonly compression: Compression
  /** Null where tracing is off. */
  readonly tracing: Tracing | null
}

type HandlerOptions = GraphQLHandlerOptions & EventStreamOptions

/** Serves GraphQL over HTTP: JSON responses, subscriptions as server-sent events, and GraphiQL for browsers. */
export function createGraphQLHandler(options: GraphQLHandlerOptions) {
  const maskError = createMaskError(options)
  const handlerOptions = { ...options, maskError }
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const disconnection = new LazyAbort()
    // A client that closes its half reads no further responses. One that is already written may still be in transit.
    const onHalfClosed = () => res.writableEnded || res.destroy()
    // There is one listener for each request that the client has pipelined.
    req.socket.setMaxListeners(0).once('end', onHalfClosed)
    // A stream through the GraphQL engine adds seven listeners by itself.
    res.setMaxListeners(0).once('close', () => {
      req.socket.off('end', onHalfClosed)
      // After a complete response nothing is left to abort.
      if (!res.writableFinished) disconnection.abort()
    })
    try {
      await serve(req, res, disconnection, handlerOptions)
    } catch (error) {
      // The client is gone, or has received a part of a response.
      if (disconnection.isAborted || res.headersSent) return void res.destroy()
      const { message, extensions } = maskError(error)
      sendError(res, 500, { message, extensions })
    }
  }
}

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  disconnection: LazyAbort,
  options: HandlerOptions,
): Promise<void> {
  const clientAddress = options.clientAddress(req)
  if (!setCorsHeaders(req, res, options.isAllowedOrigin))
    options.security.recordRefusal('origin', { address: clientAddress })
  if (req.method === 'OPTIONS') return void res.writeHead(204).end()
  const client = await identifyClient(req, res, clientAddress, options)
  if (!client) return
  // Other media types can be sent by a page of another origin without a preflight of its browser.
  if (req.method === 'POST' && !isJson(req))
    return rejectRequest(res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json.')
  const body = await readRequestBody(req, res, client, options)
  if (body === undefined) return
  const { caller } = client
  const mediaType = directMediaType(req)
  /** Null if the GraphQL engine must serve the request. */
  const waiting =
    body === null || mediaType === null
      ? null
      : { res, client: { caller, clientAddress, disconnection }, mediaType, body }
  const known = waiting && options.direct.find(waiting.body)
  if (waiting && known && (await respondDirectly(known, waiting, options))) return
  const request = parseGraphQLRequest(req, res, client, body, options)
  if (!request) return
  const charge = chargeOf(body, client, options.workLimits)
  if (waiting && !known) {
    const prepare = () => options.direct.prepare(waiting.body, request.params)
    const prepared = charge ? charge(prepare) : prepare()
    if (prepared && (await respondDirectly(prepared, waiting, options))) return
  }
  if (request.subscription && prepareStream(req, res, client, request.subscription, options)) return
  const scope = { caller, clientAddress, signal: disconnection.signal, ...(charge && { charge }) }
  await respond(req, res, scope, request, options)
}

/** Identifies the caller; null if its credential was rejected, and the response says so. */
async function identifyClient(
  req: IncomingMessage,
  res: ServerResponse,
  clientAddress: string,
  { identify, security }: HandlerOptions,
): Promise<IdentifiedClient | null> {
  const identified = identify(credentialsOf(req))
  const identity = identified instanceof Promise ? await identified : identified
  if (!('credential' in identity))
    return { caller: identity.caller, expiresAt: identity.expiresAt, clientAddress }
  security.recordRefusal(identity.credential, authenticationFailureDetails(identity, clientAddress))
  const { status, headers, code, message } = toHttpResponse(identity)
  res.setHeaders(new Headers(headers))
  rejectRequest(res, status, code, message)
  return null
}

/** Counts a stream and serves it if it can be shared. False if the GraphQL engine must serve it. */
function prepareStream(
  req: IncomingMessage,
  res: ServerResponse,
  client: IdentifiedClient,
  subscription: SubscriptionRequest,
  options: HandlerOptions,
): boolean {
  if (!acquireSocket(res, client, options)) return true
  if (!acquireSubscription(res, client, subscription.footprint, options)) return true
  if (serveEventStream(req, res, client, subscription, options)) return true
  if (client.expiresAt !== null) endWhenExpired(client.expiresAt, res)
  return false
}

/** Runs a request through the GraphQL engine and sends its response. */
async function respond(
  req: IncomingMessage,
  res: ServerResponse,
  scope: OperationScope,
  { url, body }: GraphQLRequest,
  { graphql, compression, tracing }: HandlerOptions,
): Promise<void> {
  const response = await graphql.fetch(
    // A fixed host name: the Host header of a client may not be valid in a URL.
    `http://gateway${url}`,
    { method: req.method ?? 'GET', headers: engineHeaders(req), body, signal: scope.signal },
    { ...scope, resumeAfter: lastEventId(req) },
  )
  if (response.headers.get('content-type') === 'text/event-stream') endStartSpan(tracing)
  await sendResponse(res, response, compression)
}

/** Counts a stream as an open socket until it ends; false if a limit on sockets rejects it. */
function acquireSocket(
  res: ServerResponse,
  { caller, clientAddress }: IdentifiedClient,
  { security, socketQuota }: HandlerOptions,
): boolean {
  const quota = socketQuota.acquire(clientAddress, 'event_stream')
  if ('release' in quota) {
    res.once('close', quota.release)
    return true
  }
  security.recordRefusal('sockets', refusalDetails(caller, clientAddress))
  rejectRequest(res, quota.exceeded === 'all' ? 503 : 429, 'TOO_MANY_SOCKETS', quota.message)
  return false
}

/** Counts a stream as a subscription of its caller until it ends; false if a limit on subscriptions rejects it. */
function acquireSubscription(
  res: ServerResponse,
  { caller, clientAddress }: IdentifiedClient,
  footprint: SubscriptionFootprint,
  { security, subscriptions: { quota } }: HandlerOptions,
): boolean {
  const key = quotaKey(caller, clientAddress)
  const exceeded = quota.acquire(key, footprint)
  if (exceeded === null) {
    res.once('close', () => quota.release(key, footprint))
    return true
  }
  security.recordRefusal('subscriptions', refusalDetails(caller, clientAddress))
  rejectRequest(res, 429, 'TOO_MANY_SUBSCRIPTIONS', exceeded)
  return false
}

/** Cuts a response that is still being sent when the credential expires. */
function endWhenExpired(expiresAt: number, res: ServerResponse): void {
  const cancelExpiry = startExpiryTimer(expiresAt, () => res.destroy())
  res.once('close', cancelExpiry)
}

/** The only headers that the GraphQL engine needs: credentials are not passed on. */
function engineHeaders({ headers }: IncomingMessage): Record<string, string> {
  const type = headers['content-type']
  return { accept: headers.accept ?? '*/*', ...(type === undefined ? {} : { 'content-type': type }) }
}

function isJson(req: IncomingMessage): boolean {
  const [type = ''] = (req.headers['content-type'] ?? '').split(';', 1)
  return /^application\/(json|graphql|[\w.-]+\+json)$/i.test(type.trim())
}
