import { GraphQLError } from 'graphql'
import { CloseCode, MessageType, type SubscribePayload } from 'graphql-ws'
import type { RawData, WebSocket } from 'ws'
import { anonymousCaller, type Caller } from '../../domain/caller.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import { formatResult } from '../graphql/result-format.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'
import {
  authenticationFailureDetails,
  CREDENTIAL_EXPIRED_CLOSE,
  toCloseReason,
} from '../identity/authentication-failure.ts'
import type { IdentificationResult, IdentifyCaller } from '../identity/caller-identification.ts'
import { quotaKey } from '../limits/subscription-quota.ts'
import { sourceKey, type WorkLimits } from '../limits/work-limits.ts'
import { startExpiryTimer } from '../scheduling/expiry-timer.ts'
import type { KeepAliveTarget } from '../scheduling/keep-alive.ts'
import { SharedStream } from '../shared-subscriptions/shared-stream.ts'
import type {
  OperationRequest,
  SubscriptionFootprint,
  SubscriptionRequest,
} from '../shared-subscriptions/subscription-request.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'
import { parseClientMessage } from './client-message.ts'
import { InboundQueue } from './inbound-queue.ts'
import { MessageWriter, SharedStreamWriter } from './message-writer.ts'
import { SingleOperation } from './single-operation.ts'
import { type RunningOperation, SocketOperations } from './socket-operations.ts'
import type { SocketWriter } from './socket-writer.ts'

/** What the reason of a close frame may hold, in bytes (RFC 6455, 5.5). */
const LONGEST_REASON = 123

/** Characters of an operation's id: it is kept while the operation runs, and sent with each answer. */
const LONGEST_ID = 256

/** What every session shares. */
export interface SessionOptions {
  readonly graphql: GraphQLServer
  readonly documents: TrustedDocuments
  readonly subscriptions: SubscriptionServices
  readonly identify: IdentifyCaller
  readonly security: SecurityLog
  readonly maskError: (error: unknown) => GraphQLError
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
  readonly maxSubscriptionsPerSocket: number
  /** Milliseconds within which a client must introduce itself. */
  readonly initTimeoutMs: number
}

/** One client's side of graphql-transport-ws: what it may send when, and what becomes of it. */
export class Session implements KeepAliveTarget {
  readonly #options: SessionOptions
  readonly #socket: WebSocket
  readonly #operations: SocketOperations
  readonly #answers: MessageWriter
  readonly #inbox: InboundQueue
  readonly #address: string
  #caller: Caller = anonymousCaller
  #isAcknowledged = false
  #isAlive = true
  /** Null once the client has introduced itself. */
  #patience: NodeJS.Timeout | null
  /** Cancels the end of the session when the credential expires; null where it does not expire. */
  #stayValid: (() => void) | null = null

  /** `address` is the client's as limits count it. */
  constructor(options: SessionOptions, socket: WebSocket, out: SocketWriter, address: string) {
    this.#options = options
    this.#socket = socket
    this.#address = address
    this.#operations = new SocketOperations(options.maxSubscriptionsPerSocket, options.subscriptions.quota)
    this.#answers = new MessageWriter(out, this.#operations, options.maskError)
    const { unexpected, workLimits, security, subscriptions } = options
    const handle = (text: string) => this.#handle(text)
    const giveIn = (): void => this.#close(CloseCode.InternalServerError, 'Internal server error')
    this.#inbox = new InboundQueue(socket, {
      scheduler: subscriptions.inbound,
      allowance: workLimits.openSocket(),
      source: () => sourceKey(this.#caller, address),
      handle: unexpected.guard('websocket', handle, giveIn),
      onExceeded: () => security.recordRefusal('rate_limit', refusalDetails(this.#caller, address)),
    })
    const giveUp = unexpected.guard('websocket', () =>
      this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
    )
    this.#patience = setTimeout(giveUp, options.initTimeoutMs)
  }

  /** Takes a message that the client sent. */
  receive(data: RawData): void {
    this.#inbox.add(data)
  }

  /** Handles a message; a promise settles when it is done with. */
  #handle(text: string): undefined | Promise<void> {
    if (!this.#isOpen) return undefined
    const message = parseClientMessage(text)
    if (message?.type === MessageType.ConnectionInit) return this.#introduce(message.payload)
    if (message?.type === MessageType.Ping) this.#answers.pong()
    else if (message?.type === MessageType.Subscribe) this.#subscribe(message.id, message.payload)
    else if (message?.type === MessageType.Complete) this.#operations.cancel(message.id)
    else if (message?.type !== MessageType.Pong) this.#close(CloseCode.BadRequest, 'Invalid message received')
    return undefined
  }

  /** The peer has answered a ping. */
  onPong(): void {
    this.#isAlive = true
  }

  /** A peer that has not answered since the last beat is gone. */
  ping(): void {
    if (!this.#isAlive) return void this.#socket.terminate()
    this.#isAlive = false
    if (this.#isOpen) this.#socket.ping()
  }

  /** The socket closes or has closed: ends all that was under way on it. */
  onClose(): void {
    this.#stopWaiting()
    this.#stayValid?.()
    this.#inbox.clear()
    this.#operations.cancelAll()
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  #introduce(payload: Readonly<Record<string, unknown>> | undefined): undefined | Promise<void> {
    if (this.#patience === null)
      return void this.#close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests')
    this.#stopWaiting()
    const identified = this.#options.identify({
      authorization: textOf(payload?.['authorization']),
      visitorToken: textOf(payload?.['visitorToken']),
    })
    if (identified instanceof Promise) return identified.then((identity) => this.#admitCaller(identity))
    this.#admitCaller(identified)
    return undefined
  }

  /** Acknowledges a caller whose credential is valid, for as long as it is; closes on any other. */
  #admitCaller(identity: IdentificationResult): void {
    if (!this.#isOpen) return
    if ('refused' in identity) {
      this.#options.security.recordRefusal(
        identity.refused,
        authenticationFailureDetails(identity, this.#address),
      )
      return void this.#closeWith(toCloseReason(identity))
    }
    const { caller, expiresAt } = identity
    this.#caller = caller
    this.#operations.setQuotaKey(quotaKey(caller, this.#address))
    this.#isAcknowledged = true
    this.#answers.acknowledge()
    if (expiresAt === null) return
    const expire = this.#options.unexpected.guard('websocket', () =>
      this.#closeWith(CREDENTIAL_EXPIRED_CLOSE),
    )
    this.#stayValid = startExpiryTimer(expiresAt, expire)
  }

  #subscribe(id: string, payload: SubscribePayload): void {
    if (!this.#isAcknowledged) return void this.#close(CloseCode.Unauthorized, 'Unauthorized')
    if (id.length > LONGEST_ID)
      return void this.#close(
        CloseCode.BadRequest,
        `An operation’s id holds ${LONGEST_ID} characters at most`,
      )
    if (this.#operations.has(id))
      return void this.#close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`)
    const { documents, subscriptions } = this.#options
    const text = documents.resolveText(payload, { caller: this.#caller, clientAddress: this.#address })
    if (text instanceof GraphQLError) return void this.#answers.sendErrors(id, [text])
    const operation = text === null ? payload : { ...payload, query: text }
    const subscription = subscriptions.shared.parseSubscription(this.#caller, this.#address, operation)
    if (subscription instanceof GraphQLError) this.#answers.sendErrors(id, [subscription])
    else if (subscription) this.#subscribeTo(id, subscription)
    else this.#run(id, operation, null)
  }

  #subscribeTo(id: string, { footprint: held, ...asked }: SubscriptionRequest): void {
    const { outbound: rounds, shared } = this.#options.subscriptions
    const operation = shared.findOrCreate(this.#caller, this.#address, { footprint: held, ...asked })
    if (!operation) return void this.#run(id, asked, held)
    const stream = new SharedStream(operation, rounds, new SharedStreamWriter(this.#answers, id))
    if (!this.#admit(id, stream, held)) return
    const { variables } = asked
    void stream.start({ variables, resumeAfter: null, clientAddress: this.#address })
  }

  #run(id: string, asked: OperationRequest, held: SubscriptionFootprint | null): void {
    const operation = SingleOperation.prepare(this.#options.graphql, this.#caller, this.#address, asked)
    if (!(operation instanceof SingleOperation)) return void this.#answers.sendErrors(id, operation)
    if (!this.#admit(id, operation, held)) return
    void operation
      .run((answer) => this.#answers.next(id, formatResult(answer)))
      .then(
        () => operation.isCancelled || this.#answers.complete(id),
        (error: unknown) => operation.isCancelled || this.#answers.fail(id, error),
      )
  }

  #admit(id: string, operation: RunningOperation, held: SubscriptionFootprint | null): boolean {
    const refused = this.#operations.add(id, operation, held)
    if (refused === null) return true
    const reason = held ? 'subscriptions' : 'operations'
    this.#options.security.recordRefusal(reason, refusalDetails(this.#caller, this.#address))
    this.#answers.sendErrors(id, [refused])
    return false
  }

  #stopWaiting(): void {
    if (this.#patience !== null) clearTimeout(this.#patience)
    this.#patience = null
  }

  #closeWith({ code, reason }: { readonly code: number; readonly reason: string }): void {
    this.#socket.close(code, reason)
  }

  #close(code: CloseCode, reason: string): void {
    this.#socket.close(code, Buffer.byteLength(reason) > LONGEST_REASON ? '' : reason)
  }
}

/** A credential of another type is a wrong one, not a missing one. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : ''
}
