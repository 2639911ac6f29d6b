import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { z } from 'zod'
import { isNestedTooDeep, TOO_DEEP } from '../chat/json.ts'
import { readBody } from './body.ts'
import type { Identify, Presented } from './callers.ts'
import { allowOrigin } from './cors.ts'
import { credentialDetails, httpRefusal } from './credential-refusal.ts'
import type { TrustedDocuments } from './documents.ts'
import { whenDue } from './due.ts'
import { refuse, sendError } from './error-response.ts'
import { createMaskError } from './errors.ts'
import { GRAPHQL_PATH, type GraphQLServer, LARGEST_REQUEST } from './graphql.ts'
import { readOperation, withText } from './http-operation.ts'
import { sourceOf, type WorkLimits } from './limits/work-limits.ts'
import { tooManyDocuments } from './plugins/parsing-limit.ts'
import type { RequestChecks } from './request-checks.ts'
import { refusalDetails, type SecurityLog } from './security-log.ts'
import { type Client, type EventsOptions, lastEventId, serveEvents } from './server-sent-events.ts'
import type { Asked } from './sharing/shared-operations.ts'
import type { SocketQuota } from './socket-quota.ts'
import { placesOf } from './subscription-places.ts'
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

/** Bytes of a body that may be parsed even for a source that has used up its time for parsing. */
const SMALL_BODY = 16_384

const askedBody = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

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
  const { security, subscriptions } = options
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
  const body = req.method === 'POST' ? await readBody(req, LARGEST_REQUEST) : undefined
  if (body === null) {
    security.refused('request_size', { address: clientAddress })
    return refuse(res, 413, 'REQUEST_ENTITY_TOO_LARGE', 'Send 1 MiB at most.')
  }
  const source = sourceOf(caller, clientAddress)
  const isLarge = body !== undefined && body.length > SMALL_BODY
  const waitMs = isLarge ? options.workLimits.parsingWaitMs(source) : 0
  if (waitMs > 0) {
    security.refused('rate_limit', refusalDetails(caller, clientAddress))
    return sendLimit(res, tooManyDocuments(waitMs))
  }
  const text = body?.toString() ?? null
  if (text !== null && isNestedTooDeep(text)) return refuse(res, 400, 'BAD_REQUEST', TOO_DEEP)
  const read = () => readOperation(req.url ?? GRAPHQL_PATH, text)
  const sent = isLarge ? options.workLimits.measureParsing(source, read) : read()
  const named = options.documents.textNamedBy(sent.params, { caller, clientAddress })
  if (named instanceof GraphQLError) return refuse(res, 400, String(named.extensions['code']), named.message)
  const operation = named === null ? sent : withText(sent, named)
  const subscription =
    text === null ? null : subscriptionIn(operation.params, { caller, clientAddress }, subscriptions)
  if (subscription) {
    if (!takePlace(res, placesOf(caller, clientAddress), subscriptions)) {
      security.refused('subscriptions', refusalDetails(caller, clientAddress))
      return refuse(res, 429, 'TOO_MANY_SUBSCRIPTIONS', subscriptions.places.refusal)
    }
    const admission = options.socketQuota.admit(clientAddress)
    if ('exceeded' in admission) {
      security.refused('sockets', refusalDetails(caller, clientAddress))
      const status = admission.exceeded === 'all' ? 503 : 429
      return refuse(res, status, 'TOO_MANY_SOCKETS', admission.message)
    }
    res.once('close', admission.release)
    if (serveEvents(req, res, { caller, expiresAt, clientAddress }, subscription, options)) return
    if (expiresAt !== null) endAt(expiresAt, res)
  }
  const response = await options.graphql.fetch(
    // The engine is told of no host but this: what a client writes there may be no address at all.
    `http://gateway${operation.url}`,
    { method: req.method ?? 'GET', headers: engineHeaders(req), body: operation.body, signal },
    { caller, clientAddress, signal, resumeAfter: lastEventId(req) },
  )
  await send(res, response)
}

/** The subscription that a request asks for; null for anything else, and for what is not valid. */
function subscriptionIn(
  params: unknown,
  { caller, clientAddress }: Pick<Client, 'caller' | 'clientAddress'>,
  { shared }: Subscriptions,
): Asked | null {
  const { success, data } = askedBody.safeParse(params)
  // Most are no subscription, and need no closer look.
  if (!success || !data.query.includes('subscription')) return null
  return shared.isSubscription(caller, clientAddress, data) ? data : null
}

/** Counts a stream with its caller's subscriptions, until it is over. */
function takePlace(res: ServerResponse, account: string, { places }: Subscriptions): boolean {
  if (!places.take(account)) return false
  res.once('close', () => places.giveBack(account))
  return true
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

function sendLimit(res: ServerResponse, { message, extensions }: GraphQLError): void {
  const { http: _, ...rest } = extensions
  if (typeof rest['retryAfterMs'] === 'number')
    res.setHeader('retry-after', Math.ceil(rest['retryAfterMs'] / 1_000))
  sendError(res, 429, { message, extensions: rest })
}
