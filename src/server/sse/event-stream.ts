import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GraphQLError } from 'graphql'
import { ChatError } from '../../domain/errors.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { formatResult } from '../graphql/result-format.ts'
import type { Identity } from '../identity/caller-identification.ts'
import { startExpiryTimer } from '../scheduling/expiry-timer.ts'
import type { KeepAliveTarget } from '../scheduling/keep-alive.ts'
import { SharedResult } from '../shared-subscriptions/shared-result.ts'
import { type ResultSink, SharedStream } from '../shared-subscriptions/shared-stream.ts'
import type { SubscriptionRequest } from '../shared-subscriptions/subscription-request.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'

/** Bytes that may wait for a client before its stream is held back. */
const MOST_WAITING = 128 * 1024
const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  connection: 'keep-alive',
  // Proxies that gather what they pass on would hold events back.
  'x-accel-buffering': 'no',
}
const COMMENT = ':\n\n'

/** Who subscribes, and from which address, as limits count it. */
export interface IdentifiedClient extends Identity {
  readonly clientAddress: string
}

/** What streams of events are served with. */
export interface EventStreamOptions {
  readonly subscriptions: SubscriptionServices
  readonly maskError: (error: unknown) => GraphQLError
  readonly unexpected: UnexpectedErrors
}

/**
 * Serves a subscription that can be shared as server-sent events (GraphQL over SSE, distinct connections): `next`
 * events with the cursor as their id, then `complete`. False for any other operation, of which nothing is done.
 */
export function serveEventStream(
  req: IncomingMessage,
  res: ServerResponse,
  { caller, clientAddress, expiresAt }: IdentifiedClient,
  asked: SubscriptionRequest,
  { subscriptions, maskError, unexpected }: EventStreamOptions,
): boolean {
  const { shared, outbound: rounds, keepAlive } = subscriptions
  const operation = acceptsEvents(req) ? shared.findOrCreate(caller, clientAddress, asked) : null
  if (!operation) return false
  const events = new EventStream(res, maskError)
  const stream = new SharedStream(operation, rounds, events)
  const expire = unexpected.guard('event_stream', () => {
    stream.cancel()
    events.fail(new ChatError('UNAUTHENTICATED', 'This credential has expired.'))
  })
  const stayValid = expiresAt === null ? null : startExpiryTimer(expiresAt, expire)
  keepAlive.add(events)
  res.once(
    'close',
    unexpected.guard('event_stream', () => {
      stayValid?.()
      keepAlive.remove(events)
      stream.cancel()
    }),
  )
  const begin = async (): Promise<void> => {
    await stream.start({ variables: asked.variables, resumeAfter: lastEventId(req), clientAddress })
    events.open()
  }
  unexpected.guard('event_stream', begin, () => res.destroy())()
  return true
}

/** The cursor that a client names which has lost its stream; null where it names none. */
export function lastEventId({ headers }: IncomingMessage): string | null {
  const id = headers['last-event-id']
  return typeof id === 'string' && id !== '' ? id : null
}

function acceptsEvents({ headers }: IncomingMessage): boolean {
  return /(^|,)\s*text\/event-stream\s*(;|,|$)/i.test(headers.accept ?? '')
}

/** One client's stream of events. */
class EventStream implements ResultSink, KeepAliveTarget {
  readonly #res: ServerResponse
  readonly #maskError: EventStreamOptions['maskError']
  /** How many bytes waited at the last beat. */
  #waited = 0

  constructor(res: ServerResponse, maskError: EventStreamOptions['maskError']) {
    this.#res = res
    this.#maskError = maskError
  }

  get isFull(): boolean {
    return this.#res.writableLength > MOST_WAITING
  }

  onDrain(resume: () => void): void {
    this.#res.once('drain', resume)
  }

  /** Answers; some browsers see that only when something has come. */
  open(): void {
    if (this.#res.headersSent || this.#res.destroyed) return
    this.#res.writeHead(200, HEADERS)
    this.#res.write(COMMENT)
  }

  next(result: SharedResult): void {
    this.open()
    if (!this.#res.destroyed) this.#res.write(result.event)
  }

  fail(error: unknown): void {
    const failed = formatResult({ errors: [this.#maskError(error)] })
    this.next(new SharedResult(Buffer.from(JSON.stringify(failed)), null))
    this.complete()
  }

  complete(): void {
    this.open()
    if (!this.#res.destroyed) this.#res.end('event: complete\ndata:\n\n')
  }

  /** A client that has taken in nothing since the last beat, though it was waited for, is gone. */
  ping(): void {
    const waiting = this.#res.writableLength
    if (waiting > 0 && waiting === this.#waited) return void this.#res.destroy()
    this.#waited = waiting
    if (waiting === 0 && this.#res.headersSent && !this.#res.writableEnded) this.#res.write(COMMENT)
  }
}
