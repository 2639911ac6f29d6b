import type { GraphQLError } from 'graphql'
import { CloseCode, MessageType, type SubscribePayload } from 'graphql-ws'
import type { RawData, WebSocket } from 'ws'
import { anonymousCaller, type Caller } from '../../domain/caller.ts'
import { refusalDetails } from '../diagnostics/security-log.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
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
import { parseClientMessage } from './client-message.ts'
import { InboundQueue } from './inbound-queue.ts'
import { MessageWriter } from './message-writer.ts'
import { OperationStarter, type OperationStarterOptions } from './operation-starter.ts'
import { SocketOperations } from './socket-operations.ts'
import type { SocketWriter } from './socket-writer.ts'

/** Largest reason of a close frame, in bytes (RFC 6455, 5.5). */
const MAX_REASON_BYTES = 123

/** Longest id of an operation, in characters: it is kept while the operation runs and sent with each result. */
const MAX_ID_LENGTH = 256

/** What the sessions of all sockets have in common. */
export interface SessionOptions extends OperationStarterOptions {
  readonly identify: IdentifyCaller
  readonly maskError: (error: unknown) => GraphQLError
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
  readonly maxSubscriptionsPerSocket: number
  /** Milliseconds within which a client must send connection_init. */
  readonly initTimeoutMs: number
}

/** The server side of one graphql-transport-ws connection: which message is allowed when, and what it does. */
export class Session implements KeepAliveTarget {
  readonly #options: SessionOptions
  readonly #socket: WebSocket
  readonly #operations: SocketOperations
  readonly #writer: MessageWriter
  readonly #starter: OperationStarter
  readonly #inbound: InboundQueue
  readonly #address: string
  #caller: Caller = anonymousCaller
  #isAcknowledged = false
  #isAlive = true
  /** Null once the client has sent connection_init. */
  #initTimer: NodeJS.Timeout | null
  /** Null while there is no credential that expires. */
  #cancelExpiry: (() => void) | null = null

  /** `address` is the client's address as limits count it. */
  constructor(options: SessionOptions, socket: WebSocket, socketWriter: SocketWriter, address: string) {
    this.#options = options
    this.#socket = socket
    this.#address = address
    this.#operations = new SocketOperations(options.maxSubscriptionsPerSocket, options.subscriptions.quota)
    this.#writer = new MessageWriter(socketWriter, this.#operations, options.maskError)
    this.#starter = new OperationStarter(options, this.#operations, this.#writer)
    this.#inbound = this.#createInboundQueue()
    const onInitTimeout = options.unexpected.guard('websocket', () =>
      this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
    )
    this.#initTimer = setTimeout(onInitTimeout, options.initTimeoutMs)
  }

  /** Queues a message of the client. */
  receive(data: RawData): void {
    this.#inbound.add(data)
  }

  onPong(): void {
    this.#isAlive = true
  }

  /** Pings the client, or disconnects it if it has not answered the last ping. */
  ping(): void {
    if (!this.#isAlive) return void this.#socket.terminate()
    this.#isAlive = false
    if (this.#isOpen) this.#socket.ping()
  }

  /** Stops all operations. Called when the socket starts to close, and again when it is closed. */
  onClose(): void {
    this.#stopInitTimer()
    this.#cancelExpiry?.()
    this.#inbound.clear()
    this.#operations.cancelAll()
  }

  #createInboundQueue(): InboundQueue {
    const { unexpected, workLimits, security, subscriptions } = this.#options
    const handle = (text: string) => this.#handle(text)
    const onFailure = (): void => this.#close(CloseCode.InternalServerError, 'Internal server error')
    return new InboundQueue(this.#socket, {
      scheduler: subscriptions.inbound,
      allowance: workLimits.openSocket(),
      source: () => sourceKey(this.#caller, this.#address),
      handle: unexpected.guard('websocket', handle, onFailure),
      onExceeded: () => security.recordRefusal('rate_limit', refusalDetails(this.#caller, this.#address)),
    })
  }

  /** Handles a message; if it returns a promise, that settles when the message has been handled. */
  #handle(text: string): undefined | Promise<void> {
    if (!this.#isOpen) return undefined
    const message = parseClientMessage(text)
    if (message?.type === MessageType.ConnectionInit) return this.#onConnectionInit(message.payload)
    if (message?.type === MessageType.Ping) this.#writer.pong()
    else if (message?.type === MessageType.Subscribe) this.#subscribe(message.id, message.payload)
    else if (message?.type === MessageType.Complete) this.#operations.cancel(message.id)
    else if (message?.type !== MessageType.Pong) this.#close(CloseCode.BadRequest, 'Invalid message received')
    return undefined
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  #onConnectionInit(payload: Readonly<Record<string, unknown>> | undefined): undefined | Promise<void> {
    if (this.#initTimer === null)
      return void this.#close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests')
    this.#stopInitTimer()
    const identified = this.#options.identify({
      authorization: textOf(payload?.['authorization']),
      visitorToken: textOf(payload?.['visitorToken']),
    })
    if (identified instanceof Promise) return identified.then((identity) => this.#onIdentified(identity))
    this.#onIdentified(identified)
    return undefined
  }

  /** Acknowledges a caller until its credential expires; closes the socket if the credential is not valid. */
  #onIdentified(identity: IdentificationResult): void {
    if (!this.#isOpen) return
    if ('credential' in identity) {
      const details = authenticationFailureDetails(identity, this.#address)
      this.#options.security.recordRefusal(identity.credential, details)
      return void this.#closeWith(toCloseReason(identity))
    }
    const { caller, expiresAt } = identity
    this.#caller = caller
    this.#operations.setQuotaKey(quotaKey(caller, this.#address))
    this.#isAcknowledged = true
    this.#writer.acknowledge()
    if (expiresAt === null) return
    const onExpired = this.#options.unexpected.guard('websocket', () =>
      this.#closeWith(CREDENTIAL_EXPIRED_CLOSE),
    )
    this.#cancelExpiry = startExpiryTimer(expiresAt, onExpired)
  }

  #subscribe(id: string, payload: SubscribePayload): void {
    if (!this.#isAcknowledged) this.#close(CloseCode.Unauthorized, 'Unauthorized')
    else if (id.length > MAX_ID_LENGTH)
      this.#close(CloseCode.BadRequest, `The id of an operation may have at most ${MAX_ID_LENGTH} characters`)
    else if (this.#operations.has(id))
      this.#close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`)
    else this.#starter.start(id, payload, { caller: this.#caller, clientAddress: this.#address })
  }

  #stopInitTimer(): void {
    if (this.#initTimer !== null) clearTimeout(this.#initTimer)
    this.#initTimer = null
  }

  #closeWith({ code, reason }: { readonly code: number; readonly reason: string }): void {
    this.#socket.close(code, reason)
  }

  #close(code: CloseCode, reason: string): void {
    this.#socket.close(code, Buffer.byteLength(reason) > MAX_REASON_BYTES ? '' : reason)
  }
}

/** A credential of another type counts as a wrong one, not as a missing one. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : ''
}
