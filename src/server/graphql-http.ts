import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Logger } from 'pino'
import type { Identify, Presented } from './callers.ts'
import { allowOrigin } from './cors.ts'
import { credentialDetails, httpRefusal } from './credential-refusal.ts'
import type { TrustedDocuments } from './documents.ts'
import { whenDue } from './due.ts'
import { refuse, sendError } from './error-response.ts'
import { createMaskError } from './errors.ts'
import type { GraphQLServer } from './graphql.ts'
import type { WorkLimits } from './limits/work-limits.ts'
import { receiveOperation } from './received-operation.ts'
import type { RequestChecks } from './request-checks.ts'
import { refusalDetails, type SecurityLog } from './security-log.ts'
import { type Client, type EventsOptions, lastEventId, serveEvents } from './server-sent-events.ts'
import type { HeldBySubscription } from './sharing/asked-subscription.ts'
import type { SocketQuota } from './socket-quota.ts'
import { accountOf } from './subscription-places.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { UnexpectedErrors } from './unexpected-errors.ts'

/** What GraphQL over HTTP is served with. */
export interface GraphQLHttpOptions extends RequestChecks {
  readonly graphql: GraphQLServer
  readonly documents: TrustedDocuments
  readonly subscriptions: Subscriptions
  readonly identify: Identify
  readonly security: SecurityLog
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
  readonly socketQuota: SocketQuota
}

/** Serves GraphQL over HTTP: answers as JSON, subscriptions as server-sent events, GraphiQL to browsers. */
export function createGraphQLHandler(options: GraphQLHttpOptions) {
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
  options: GraphQLHttpOptions & EventsOptions,
): Promise<void> {
  const { security } = options
  const clientAddress = options.clientAddress(req)
  if (!allowOrigin(req, res, options.isAllowedOrigin)) security.refused('origin', { address: clientAddress })
  if (req.method === 'OPTIONS') return void res.writeHead(204).end()
  const identified = options.identify(presentedBy(req))
  const identity = identified instanceof Promise ? await identified : identified
  if ('refused' in identity) {
    security.refused(identity.refused, credentialDetails(identity, clientAddress))
    const { status, headers, code, message } = httpRefusal(identity)
    res.setHeaders(new Headers(headers))
    return refuse(res, status, code, message)
  }
  const { caller, expiresAt } = identity
  // Nor may a page of another origin send anything else without being asked about by its browser first.
  if (req.method === 'POST' && !isJson(req))
    return refuse(res, 415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json.')
  const client = { caller, expiresAt, clientAddress }
  const received = await receiveOperation(req, res, client, options)
  if (!received) return
  const { url, body, subscription } = received
  if (subscription) {
    if (!takeSocket(res, client, options) || !takePlace(res, client, subscription.held, options)) return
    if (serveEvents(req, res, client, subscription, options)) return
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
  { caller, clientAddress }: Client,
  { security, socketQuota }: GraphQLHttpOptions,
): boolean {
  const admission = socketQuota.admit(clientAddress)
  if ('release' in admission) {
    res.once('close', admission.release)
    return true
  }
  security.refused('sockets', refusalDetails(caller, clientAddress))
  refuse(res, admission.exceeded === 'all' ? 503 : 429, 'TOO_MANY_SOCKETS', admission.message)
  return false
}

/** Counts a stream with its caller's subscriptions, until it is over; false where there is no place for it. */
function takePlace(
  res: ServerResponse,
  { caller, clientAddress }: Client,
  held: HeldBySubscription,
  { security, subscriptions: { places } }: GraphQLHttpOptions,
): boolean {
  const account = accountOf(caller, clientAddress)
  const refused = places.take(account, held)
  if (refused === null) {
    res.once('close', () => places.giveBack(account, held))
    return true
  }
  security.refused('subscriptions', refusalDetails(caller, clientAddress))
  refuse(res, 429, 'TOO_MANY_SUBSCRIPTIONS', refused)
  return false
}

/** Cuts an answer of which more may come when the credential expires. */
function endAt(moment: number, res: ServerResponse): void {
  const cancel = whenDue(moment, () => res.destroy())
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

function presentedBy({ headers }: IncomingMessage): Presented {
  const token = headers['x-visitor-token']
  return {
    authorization: headers.authorization,
    // A header that came twice is joined, and so is no valid token.
    visitorToken: Array.isArray(token) ? token.join(', ') : token,
  }
}
