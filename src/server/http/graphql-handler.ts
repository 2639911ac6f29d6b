import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Logger } from 'pino'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { createMaskError } from '../graphql/error-masking.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'
import { authenticationFailureDetails, toHttpResponse } from '../identity/authentication-failure.ts'
import type { Credentials, IdentifyCaller } from '../identity/caller-identification.ts'
import type { SocketQuota } from '../limits/socket-quota.ts'
import { quotaKey } from '../limits/subscription-quota.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import type { RequestChecks } from '../request-checks/request-checks.ts'
import { startExpiryTimer } from '../scheduling/expiry-timer.ts'
import type { SubscriptionFootprint } from '../shared-subscriptions/subscription-request.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'
import {
  type EventStreamOptions,
  type IdentifiedClient,
  lastEventId,
  serveEventStream,
} from '../sse/event-stream.ts'
import { setCorsHeaders } from './cors.ts'
import { rejectRequest, sendError } from './error-response.ts'
import { readGraphQLRequest } from './graphql-request.ts'

/** What GraphQL over HTTP is served with. */
export interface GraphQLHandlerOptions extends RequestChecks {
  readonly graphql: GraphQLServer
  readonly documents: TrustedDocuments
  readonly subscriptions: SubscriptionServices
  readonly identify: IdentifyCaller
  readonly security: SecurityLog
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
  readonly socketQuota: SocketQuota
}

/** Serves GraphQL over HTTP: answers as JSON, subscriptions as server-sent events, GraphiQL to browsers. */
export function createGraphQLHandler(options: GraphQLHandlerOptions) {
  const maskError = createMaskError(options)
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const left = new AbortController()
    // Nothing more can be sent to who closes its half; what was answered may still be on its way.
    const hangUp = () => res.writableEnded || res.destroy()
    // As many as a client sends without waiting for their answers.
    req.socket.setMaxListeners(0).once('end', hangUp)
    // A stream through the engine adds seven listeners by itself.
    res.setMaxListeners(0).once('close', () => {
      req.socket.off('end', hangUp)
      left.abort()
    })
    try {
      await serve(req, res, left.signal, { ...options, maskError })
    } catch (error) {
      // Nobody is left to be told, or something is half told already.
      if (left.signal.aborted || res.headersSent) return void res.destroy()
      const { message, extensions } = maskError(error)
      sendError(res, 500, { message, extensions })
    }
  }
}

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  signal: AbortSignal,
  options: GraphQLHandlerOptions & EventStreamOptions,
): Promise<void> {
  const { security } = options
  const clientAddress = options.clientAddress(req)
  if (!setCorsHeaders(req, res, options.isAllowedOrigin))
    security.recordRefusal('origin', { address: clientAddress })
  if (req.method === 'OPTIONS') return void res.writeHead(204).end()
  const identified = options.identify(presentedBy(req))
  const identity = identified instanceof Promise ? await identified : identified
  if ('refused' in identity) {
    security.recordRefusal(identity.refused, authenticationFailureDetails(identity, clientAddress))
    const { status, headers, code, message } = toHttpResponse(identity)
    res.setHeaders(new Headers(headers))
    return rejectRequest(res, status, code, message)
  }
  const { caller, expiresAt } = identity
  // Nor may a page of another origin send anything else without being asked about by its browser first.
  if (req.method === 'POST' && !isJson(req))
    return rejectRequest(res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json.')
  const client = { caller, expiresAt, clientAddress }
  const received = await readGraphQLRequest(req, res, client, options)
  if (!received) return
  const { url, body, subscription } = received
  if (subscription) {
    if (!takeSocket(res, client, options) || !takePlace(res, client, subscription.footprint, options)) return
    if (serveEventStream(req, res, client, subscription, options)) return
    if (expiresAt !== null) endAt(expiresAt, res)
  }
  const response = await options.graphql.fetch(
    // The engine is told of no host but this: what a client writes there may be no address at all.
    `http://gateway${url}`,
    { method: req.method ?? 'GET', headers: engineHeaders(req), body, signal },
    { caller, clientAddress, signal, resumeAfter: lastEventId(req) },
  )
  await send(res, response)
}

/** Counts a stream with the open sockets, until it is over; false where one of their limits refuses it. */
function takeSocket(
  res: ServerResponse,
  { caller, clientAddress }: IdentifiedClient,
  { security, socketQuota }: GraphQLHandlerOptions,
): boolean {
  const admission = socketQuota.acquire(clientAddress)
  if ('release' in admission) {
    res.once('close', admission.release)
    return true
  }
  security.recordRefusal('sockets', refusalDetails(caller, clientAddress))
  rejectRequest(res, admission.exceeded === 'all' ? 503 : 429, 'TOO_MANY_SOCKETS', admission.message)
  return false
}

/** Counts a stream with its caller's subscriptions, until it is over; false where there is no place for it. */
function takePlace(
  res: ServerResponse,
  { caller, clientAddress }: IdentifiedClient,
  held: SubscriptionFootprint,
  { security, subscriptions: { quota: places } }: GraphQLHandlerOptions,
): boolean {
  const account = quotaKey(caller, clientAddress)
  const refused = places.acquire(account, held)
  if (refused === null) {
    res.once('close', () => places.release(account, held))
    return true
  }
  security.recordRefusal('subscriptions', refusalDetails(caller, clientAddress))
  rejectRequest(res, 429, 'TOO_MANY_SUBSCRIPTIONS', refused)
  return false
}

/** Cuts an answer of which more may come when the credential expires. */
function endAt(moment: number, res: ServerResponse): void {
  const cancel = startExpiryTimer(moment, () => res.destroy())
  res.once('close', cancel)
}

/** All that the engine looks at; credentials stay out here. */
function engineHeaders({ headers }: IncomingMessage): Record<string, string> {
  const type = headers['content-type']
  return { accept: headers.accept ?? '*/*', ...(type === undefined ? {} : { 'content-type': type }) }
}

/** Nothing may store a response: it depends on the caller, and the engine sets no header that says so. */
async function send(res: ServerResponse, { status, headers, body }: Response): Promise<void> {
  res.writeHead(status, { ...Object.fromEntries(headers), 'cache-control': 'no-store' })
  if (body === null || !isIterable(body)) return void res.end()
  await pipeline(Readable.from(body), res)
}

/** Every web stream of the runtime is; only the browsers' types do not say so. */
function isIterable(stream: object): stream is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in stream
}

function isJson(req: IncomingMessage): boolean {
  const [type = ''] = (req.headers['content-type'] ?? '').split(';', 1)
  return /^application\/(json|graphql|[\w.-]+\+json)$/i.test(type.trim())
}

function presentedBy({ headers }: IncomingMessage): Credentials {
  const token = headers['x-visitor-token']
  return {
    authorization: headers.authorization,
    // A header that came twice is joined, and so is no valid token.
    visitorToken: Array.isArray(token) ? token.join(', ') : token,
  }
}
