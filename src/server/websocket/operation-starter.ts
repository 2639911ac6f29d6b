import { GraphQLError } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import type { Caller } from '../../domain/caller.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
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

  /** Starts an operation under an unused id. */
  start(id: string, payload: SubscribePayload, client: SocketClient): void {
    const { documents, subscriptions } = this.#options
    const { caller, clientAddress, writer } = client
    const text = documents.resolveText(payload, client)
    if (text instanceof GraphQLError) return void writer.sendErrors(id, [text])
    const request = text === null ? payload : { ...payload, query: text }
    const subscription = subscriptions.shared.parseSubscription(caller, clientAddress, request)
    if (subscription instanceof GraphQLError) writer.sendErrors(id, [subscription])
    else if (subscription) this.#startSubscription(id, subscription, client)
    else this.#startSingle(id, request, null, client)
  }

  #startSubscription(id: string, subscription: SubscriptionRequest, client: SocketClient): void {
    const { outbound, shared } = this.#options.subscriptions
    const { footprint, ...request } = subscription
    const { caller, clientAddress, writer } = client
    const operation = shared.findOrCreate(caller, clientAddress, subscription)
    if (!operation) return void this.#startSingle(id, request, footprint, client)
    const stream = new SharedStream(operation, outbound, new SharedStreamWriter(writer, id))
    if (!this.#add(id, stream, footprint, client)) return
    void stream.start({ variables: request.variables, resumeAfter: null, clientAddress })
  }

  #startSingle(
    id: string,
    request: OperationRequest,
    footprint: SubscriptionFootprint | null,
    client: SocketClient,
  ): void {
    const { caller, clientAddress, writer } = client
    const operation = SingleOperation.prepare(this.#options.graphql, caller, clientAddress, request)
    if (!(operation instanceof SingleOperation)) return void writer.sendErrors(id, operation)
    if (!this.#add(id, operation, footprint, client)) return
    void operation
      .run((result) => writer.next(id, formatResult(result)))
      .then(
        () => operation.isCancelled || writer.complete(id),
        (error: unknown) => operation.isCancelled || writer.fail(id, error),
      )
  }

  #add(
    id: string,
    operation: RunningOperation,
    footprint: SubscriptionFootprint | null,
    { caller, clientAddress, operations, writer }: SocketClient,
  ): boolean {
    const error = operations.add(id, operation, footprint)
    if (error === null) return true
    const reason = footprint ? 'subscriptions' : 'operations'
    this.#options.security.recordRefusal(reason, refusalDetails(caller, clientAddress))
    writer.sendErrors(id, [error])
    return false
  }
}
