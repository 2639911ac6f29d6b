import { GraphQLError } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import type { Caller } from '../../domain/caller.ts'
import type { Span, Tracing } from '../../tracing/tracing.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import { codeOfErrors } from '../graphql/error-masking.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import type { OperationRequest } from '../graphql/operation-request.ts'
import { formatResult } from '../graphql/result-format.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'
import type { SubscriptionFootprint } from '../limits/subscription-quota.ts'
import { SharedStream } from '../shared-subscriptions/shared-stream.ts'
import type { SubscriptionRequest } from '../shared-subscriptions/subscription-request.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'
import { type MessageWriter, SharedStreamWriter } from './message-writer.ts'
import { SingleOperation } from './single-operation.ts'
import type { RunningOperation, SocketOperations } from './socket-operations.ts'

/** Dependencies for starting the operations of all sockets. */
export interface OperationStarterOptions {
  readonly graphql: GraphQLServer
  readonly documents: TrustedDocuments
  readonly subscriptions: SubscriptionServices
  readonly security: SecurityLog
  /** Null where tracing is off. */
  readonly tracing: Tracing | null
}

/** An identified client and its socket. */
export interface SocketClient {
  readonly caller: Caller
  /** The client's address as limits count it. */
  readonly clientAddress: string
  readonly operations: SocketOperations
  readonly writer: MessageWriter
}

/** Starts the operations of all sockets: subscriptions that can be shared as shared streams, others by themselves. */
export class OperationStarter {
  readonly #options: OperationStarterOptions

  constructor(options: OperationStarterOptions) {
    this.#options = options
  }

  /** Starts an operation under an unused id. With tracing it is a span until it has its result, or its stream. */
  start(id: string, payload: SubscribePayload, client: SocketClient): void {
    const { tracing } = this.#options
    if (!tracing) return void this.#start(id, payload, client, null)
    const span = startOperationSpan(tracing, payload)
    tracing.runIn(span, () => this.#start(id, payload, client, span))
  }

  #start(id: string, payload: SubscribePayload, client: SocketClient, span: Span | null): void {
    const { documents, subscriptions } = this.#options
    const { caller, clientAddress, writer } = client
    const text = documents.resolveText(payload, client)
    if (text instanceof GraphQLError) return void reject(id, [text], writer, span)
    const request = text === null ? payload : { ...payload, query: text }
    const subscription = subscriptions.shared.parseSubscription(caller, clientAddress, request)
    if (subscription instanceof GraphQLError) reject(id, [subscription], writer, span)
    else if (subscription) this.#startSubscription(id, subscription, client, span)
    else this.#startSingle(id, request, null, client, span)
  }

  #startSubscription(
    id: string,
    subscription: SubscriptionRequest,
    client: SocketClient,
    span: Span | null,
  ): void {
    const { outbound, shared } = this.#options.subscriptions
    const { footprint, ...request } = subscription
    const { caller, clientAddress, writer } = client
    const operation = shared.findOrCreate(caller, clientAddress, subscription)
    if (!operation) return void this.#startSingle(id, request, footprint, client, span)
    const stream = new SharedStream(operation, outbound, new SharedStreamWriter(writer, id))
    if (!this.#add(id, stream, footprint, client, span)) return
    void stream
      .start({ variables: request.variables, resumeAfter: null, clientAddress })
      .finally(() => span?.end())
  }

  #startSingle(
    id: string,
    request: OperationRequest,
    footprint: SubscriptionFootprint | null,
    client: SocketClient,
    span: Span | null,
  ): void {
    const { caller, clientAddress, writer } = client
    const operation = SingleOperation.prepare(this.#options.graphql, caller, clientAddress, request)
    if (!(operation instanceof SingleOperation)) return void reject(id, operation, writer, span)
    if (!this.#add(id, operation, footprint, client, span)) return
    void operation
      .run(
        (result) => writer.next(id, formatResult(result)),
        () => span?.end(),
      )
      .then(
        () => operation.isCancelled || writer.complete(id),
        (error: unknown) => {
          span?.end(operation.isCancelled ? 'aborted' : 'unexpected')
          if (!operation.isCancelled) writer.fail(id, error)
        },
      )
  }

  #add(
    id: string,
    operation: RunningOperation,
    footprint: SubscriptionFootprint | null,
    { caller, clientAddress, operations, writer }: SocketClient,
    span: Span | null,
  ): boolean {
    const error = operations.add(id, operation, footprint)
    if (error === null) return true
    const reason = footprint ? 'subscriptions' : 'operations'
    this.#options.security.recordRefusal(reason, refusalDetails(caller, clientAddress))
    reject(id, [error], writer, span)
    return false
  }
}

/** Sends the errors of an operation that is not run. */
function reject(id: string, errors: readonly GraphQLError[], writer: MessageWriter, span: Span | null): void {
  writer.sendErrors(id, errors)
  span?.end(codeOfErrors(errors))
}

/** Starts the span of an operation. A client may send `traceparent` in the extensions of its request. */
function startOperationSpan(tracing: Tracing, { extensions }: SubscribePayload): Span {
  const traceparent = extensions?.['traceparent']
  return tracing.start({
    name: 'GraphQL Operation',
    kind: 'server',
    attributes: { 'network.protocol.name': 'websocket' },
    parent: typeof traceparent === 'string' ? traceparent : null,
  })
}
