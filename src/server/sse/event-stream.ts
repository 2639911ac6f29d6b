import { randomInt } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GraphQLError } from 'graphql'
import { ChatError } from '../../domain/errors.ts'
import type { Tracing } from '../../tracing/tracing.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { formatResult } from '../graphql/result-format.ts'
import type { IdentifiedClient } from '../identity/caller-identification.ts'
import { startExpiryTimer } from '../scheduling/expiry-timer.ts'
import type { KeepAliveTarget } from '../scheduling/keep-alive.ts'
import { type ResultEncoder, SharedResult } from '../shared-subscriptions/shared-result.ts'
import { MAX_BUFFERED_BYTES, type ResultSink, SharedStream } from '../shared-subscriptions/shared-stream.ts'
import type { SubscriptionRequest } from '../shared-subscriptions/subscription-request.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  connection: 'keep-alive',
  // Proxies that buffer responses would delay events.
  'x-accel-buffering': 'no',
}
const COMMENT = ':\n\n'

/** The range of milliseconds that clients of a closed stream wait before they connect again: they must not come all at once. */
const MIN_RETRY_MS = 500
const MAX_RETRY_MS = 2_000

/** Dependencies of event streams. */
export interface EventStreamOptions {
  readonly subscriptions: SubscriptionServices
  readonly maskError: (error: unknown) => GraphQLError
  readonly unexpected: UnexpectedErrors
  /** Null where tracing is off. */
  readonly tracing: Tracing | null
}

/**
 * Serves a subscription that can be shared as server-sent events (GraphQL over SSE, distinct connections): `next`
 * events with the cursor as their id, then `complete`. Returns false, and does nothing, for any other operation.
 */
export function serveEventStream(
  req: IncomingMessage,
  res: ServerResponse,
  { caller, clientAddress, expiresAt }: IdentifiedClient,
  request: SubscriptionRequest,
  { subscriptions, maskError, unexpected, tracing }: EventStreamOptions,
): boolean {
  const { shared, outbound, keepAlive, openConnections } = subscriptions
  const operation = acceptsEventStream(req) ? shared.findOrCreate(caller, clientAddress, request) : null
  if (!operation) return false
  const sink = new EventStream(res, maskError)
  const stream = new SharedStream(operation, outbound, sink)
  const onExpired = unexpected.guard('event_stream', () => {
    stream.cancel()
    sink.fail(new ChatError('UNAUTHENTICATED', 'This credential has expired.'))
  })
  const cancelExpiry = expiresAt === null ? null : startExpiryTimer(expiresAt, onExpired)
  const connection = {
    goAway() {
      stream.cancel()
      sink.goAway()
    },
  }
  keepAlive.add(sink)
  res.once(
    'close',
    unexpected.guard('event_stream', () => {
      cancelExpiry?.()
      keepAlive.remove(sink)
      openConnections.remove(connection)
      stream.cancel()
    }),
  )
  const start = async (): Promise<void> => {
    await stream.start({ variables: request.variables, resumeAfter: lastEventId(req), clientAddress })
    sink.open()
    endStartSpan(tracing)
  }
  unexpected.guard('event_stream', start, () => res.destroy())()
  openConnections.add(connection)
  return true
}

/** Ends the span of the request that a stream answers: it is the start of the subscription, not the stream. */
export function endStartSpan(tracing: Tracing | null): void {
  tracing?.active?.set({ 'http.response.status_code': 200 })
  tracing?.active?.end()
}

/** The cursor that a reconnecting client sends as Last-Event-ID; null if it sends none. */
export function lastEventId({ headers }: IncomingMessage): string | null {
  const id = headers['last-event-id']
  return typeof id === 'string' && id !== '' ? id : null
}

function acceptsEventStream({ headers }: IncomingMessage): boolean {
  return /(^|,)\s*text\/event-stream\s*(;|,|$)/i.test(headers.accept ?? '')
}

/** Encodes a result as a `next` event, which is the same for all clients. */
const encodeNextEvent: ResultEncoder = ({ payload, cursor }) => {
  const id = cursor === null ? '' : `id: ${cursor}\n`
  const bytes = Buffer.concat([Buffer.from(`event: next\n${id}data: `), payload, Buffer.from('\n\n')])
  return { writeTo: (connection) => void connection.write(bytes) }
}

/** The event stream of one client. */
class EventStream implements ResultSink, KeepAliveTarget {
  readonly #res: ServerResponse
  readonly #maskError: EventStreamOptions['maskError']
  #bufferedAtLastPing = 0

  constructor(res: ServerResponse, maskError: EventStreamOptions['maskError']) {
    this.#res = res
    this.#maskError = maskError
  }

  get isFull(): boolean {
    return this.#res.writableLength > MAX_BUFFERED_BYTES
  }

  onDrain(resume: () => void): void {
    this.#res.once('drain', resume)
  }

  /** Sends the head and a comment, because some browsers notice a response only when it has a body. */
  open(): void {
    if (this.#res.headersSent || this.#res.destroyed) return
    this.#res.writeHead(200, HEADERS)
    this.#res.write(COMMENT)
  }

  next(result: SharedResult): void {
    this.open()
    if (!this.#res.destroyed) result.encode(encodeNextEvent).writeTo(this.#res, '')
  }

  /** Corks the socket, not the response: in Node.js 22, and early releases of 24, a response that was corked may emit no 'drain'. */
  cork(): void {
    this.#res.socket?.cork()
  }

  uncork(): void {
    this.#res.socket?.uncork()
  }

  fail(error: unknown): void {
    const result = formatResult({ errors: [this.#maskError(error)] })
    this.next(new SharedResult(Buffer.from(JSON.stringify(result)), null))
    this.complete()
  }

  complete(): void {
    this.open()
    if (!this.#res.destroyed) this.#res.end('event: complete\ndata:\n\n')
  }

  /**
   * Ends the response without a `complete` event, which would end the subscription. The `retry` field is the client's pause
   * before it connects again (HTML, 9.2.6).
   */
  goAway(): void {
    this.open()
    const retryMs = randomInt(MIN_RETRY_MS, MAX_RETRY_MS)
    if (!this.#res.destroyed && !this.#res.writableEnded) this.#res.end(`retry: ${retryMs}\n\n`)
  }

  /** Sends a comment. Disconnects a client that has read nothing since the last ping although bytes waited for it. */
  ping(): void {
    const buffered = this.#res.writableLength
    if (buffered > 0 && buffered === this.#bufferedAtLastPing) return void this.#res.destroy()
    this.#bufferedAtLastPing = buffered
    if (buffered === 0 && this.#res.headersSent && !this.#res.writableEnded) this.#res.write(COMMENT)
  }
}
