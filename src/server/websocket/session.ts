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
import { parseClientMessage } from './client-message.ts'
import type { SocketSession } from './closing-socket.ts'
import { InboundQueue, type InboundQueueOptions, type MessageConsumer } from './inbound-queue.ts'
import { MessageWriter } from './message-writer.ts'
import { OperationStarter, type OperationStarterOptions, type SocketClient } from './operation-starter.ts'
import { SocketOperations } from './socket-operations.ts'
import type { SocketWriter } from './socket-writer.ts'

/** Largest reason of a close frame, in bytes (RFC 6455, 5.5). */
const MAX_REASON_BYTES = 123

/** Longest id of an operation, in characters: it is kept while the operation runs and sent with each result. */
const MAX_ID_LENGTH = 256

/** The close code of an endpoint that stops (RFC 6455, 7.4.1). Clients connect again. */
const GOING_AWAY = 1001

/** How many pings in a row are left out for a client that receives events. */
const MAX_SKIPPED_PINGS = 3

/** Options of one session. */
export interface SessionOptions extends OperationStarterOptions {
  readonly identify: IdentifyCaller
  readonly maskError: (error: unknown) => GraphQLError
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
  readonly maxSubscriptionsPerSocket: number
  /** Milliseconds within which a client must send connection_init. */
  readonly initTimeoutMs: number
}

/** Services that the sessions of all sockets share. */
export interface SessionServices extends SessionOptions {
  readonly starter: OperationStarter
  readonly inbound: InboundQueueOptions
}

/** Creates what the sessions of all sockets share. */
export function createSessionServices(options: SessionOptions): SessionServices {
  const { unexpected, workLimits, subscriptions } = options
  return {
    ...options,
    starter: new OperationStarter(options),
    inbound: {
      scheduler: subscriptions.inbound,
      workLimits,
      handle: unexpected.guard(
        'websocket',
        (consumer: MessageConsumer, message: string) => consumer.handle(message),
        (consumer) => consumer.onFailure(),
      ),
    },
  }
}

/** The server side of one graphql-transport-ws connection: which message is allowed when, and what it does. */
export class Session implements SocketSession, SocketClient, MessageConsumer {
  readonly clientAddress: string
  readonly operations: SocketOperations
  readonly writer: MessageWriter
  readonly #services: SessionServices
  readonly #socket: WebSocket
  readonly #inbound: InboundQueue
  #caller: Caller = anonymousCaller
  #isAcknowledged = false
  #isAlive = true
  /** Starts anywhere, so that clients of one room are not pinged together. */
  #skippedPings = Math.floor(Math.random() * MAX_SKIPPED_PINGS)
  /** Null once the client has sent connection_init. */
  #initTimer: NodeJS.Timeout | null
  /** Null while there is no credential that expires. */
  #cancelExpiry: (() => void) | null = null

  /** `clientAddress` is the client's address as limits count it. */
  constructor(
    services: SessionServices,
    socket: WebSocket,
    socketWriter: SocketWriter,
    clientAddress: string,
  ) {
    this.#services = services
    this.#socket = socket
    this.clientAddress = clientAddress
    this.operations = new SocketOperations(services.maxSubscriptionsPerSocket, services.subscriptions.quota)
    this.writer = new MessageWriter(socketWriter, this.operations, services.maskError)
    this.#inbound = new InboundQueue(socket, this, services.inbound)
    const onInitTimeout = services.unexpected.guard('websocket', () =>
      this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
    )
    this.#initTimer = setTimeout(onInitTimeout, services.initTimeoutMs)
  }

  get caller(): Caller {
    return this.#caller
  }

  get source(): string {
    return sourceKey(this.#caller, this.clientAddress)
  }

  /** Queues a message of the client. */
  receive(data: RawData): void {
    this.#inbound.add(data)
  }

  onPong(): void {
    this.#isAlive = true
  }

  /**
   * Pings the client, or disconnects it if it has not answered the last ping. A ping costs more than an event, and events
   * keep a connection open as well, so a client that receives them is pinged every fourth time.
   */
  ping(): void {
    if (!this.#isAlive) return void this.#socket.terminate()
    this.#skippedPings += 1
    if (this.writer.socketWriter.takeActivity() && this.#skippedPings <= MAX_SKIPPED_PINGS) return
    this.#skippedPings = 0
    this.#isAlive = false
    if (this.#isOpen) this.#socket.ping()
  }

  /** Closes the socket, once the queries and mutations that run on it have been answered. */
  goAway(): void {
    this.operations.whenAnswered(() => this.#socket.close(GOING_AWAY, 'Going away'))
  }

  /** Stops all operations. */
  onClose(): void {
    this.#stopInitTimer()
    this.#cancelExpiry?.()
    this.#inbound.clear()
    this.operations.cancelAll()
  }

  onLimitExceeded(): void {
    this.#services.security.recordRefusal('rate_limit', refusalDetails(this.#caller, this.clientAddress))
  }

  /** Closes the socket after an unexpected error. */
  onFailure(): void {
    this.#close(CloseCode.InternalServerError, 'Internal server error')
  }

  /** Handles a message; if it returns a promise, that settles when the message has been handled. */
  handle(text: string): undefined | Promise<void> {
    if (!this.#isOpen) return undefined
    const message = parseClientMessage(text)
    if (message?.type === MessageType.ConnectionInit) return this.#onConnectionInit(message.payload)
    if (message?.type === MessageType.Ping) this.writer.pong()
    else if (message?.type === MessageType.Subscribe) this.#subscribe(message.id, message.payload)
    else if (message?.type === MessageType.Complete) this.operations.cancel(message.id)
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
    const identified = this.#services.identify({
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
      const details = authenticationFailureDetails(identity, this.clientAddress)
      this.#services.security.recordRefusal(identity.credential, details)
      return void this.#closeWith(toCloseReason(identity))
    }
    const { caller, expiresAt } = identity
    this.#caller = caller
    this.operations.setQuotaKey(quotaKey(caller, this.clientAddress))
    this.#isAcknowledged = true
    this.writer.acknowledge()
    if (expiresAt === null) return
    const onExpired = this.#services.unexpected.guard('websocket', () =>
      this.#closeWith(CREDENTIAL_EXPIRED_CLOSE),
    )
    this.#cancelExpiry = startExpiryTimer(expiresAt, onExpired)
  }

  #subscribe(id: string, payload: SubscribePayload): void {
    if (!this.#isAcknowledged) this.#close(CloseCode.Unauthorized, 'Unauthorized')
    else if (id.length > MAX_ID_LENGTH)
      this.#close(CloseCode.BadRequest, `The id of an operation may have at most ${MAX_ID_LENGTH} characters`)
    else if (this.operations.has(id))
      this.#close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`)
    else this.#services.starter.start(id, payload, this)
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
