import { GraphQLError } from 'graphql'
import { CloseCode, MessageType, type SubscribePayload } from 'graphql-ws'
import type { RawData, WebSocket } from 'ws'
import { anonymous, type Caller } from '../../chat/caller.ts'
import type { Identification, Identify } from '../callers.ts'
import { credentialDetails, credentialExpired, socketRefusal } from '../credential-refusal.ts'
import type { TrustedDocuments } from '../documents.ts'
import { whenDue } from '../due.ts'
import type { GraphQLServer } from '../graphql.ts'
import type { Living } from '../keep-alive.ts'
import { sourceOf, type WorkLimits } from '../limits/work-limits.ts'
import { formatResult } from '../results.ts'
import { refusalDetails, type SecurityLog } from '../security-log.ts'
import type { Asked, AskedSubscription, HeldBySubscription } from '../sharing/asked-subscription.ts'
import { SharedStream } from '../sharing/shared-stream.ts'
import { accountOf } from '../subscription-places.ts'
import type { Subscriptions } from '../subscriptions.ts'
import type { UnexpectedErrors } from '../unexpected-errors.ts'
import { Answers, SharedAnswers } from './answers.ts'
import { Inbox } from './inbox.ts'
import { LoneOperation } from './lone-operation.ts'
import { type Operation, Operations } from './operations.ts'
import type { Outgoing } from './outgoing.ts'
import { readMessage } from './read-message.ts'

/** What the reason of a close frame may hold, in bytes (RFC 6455, 5.5). */
const LONGEST_REASON = 123

/** Characters of an operation's id: it is kept while the operation runs, and sent with each answer. */
const LONGEST_ID = 256

/** What every session shares. */
export interface SessionOptions {
  readonly graphql: GraphQLServer
  readonly documents: TrustedDocuments
  readonly subscriptions: Subscriptions
  readonly identify: Identify
  readonly security: SecurityLog
  readonly maskError: (error: unknown) => GraphQLError
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
  readonly maxSubscriptionsPerSocket: number
  /** Milliseconds within which a client must introduce itself. */
  readonly initTimeoutMs: number
}

/** One client's side of graphql-transport-ws: what it may send when, and what becomes of it. */
export class Session implements Living {
  readonly #options: SessionOptions
  readonly #socket: WebSocket
  readonly #operations: Operations
  readonly #answers: Answers
  readonly #inbox: Inbox
  readonly #address: string
  #caller: Caller = anonymous
  #isAcknowledged = false
  #isAlive = true
  /** Null once the client has introduced itself. */
  #patience: NodeJS.Timeout | null
  /** Cancels the end of the session when the credential expires; null where it does not expire. */
  #stayValid: (() => void) | null = null

  /** `address` is the client's as limits count it. */
  constructor(options: SessionOptions, socket: WebSocket, out: Outgoing, address: string) {
    this.#options = options
    this.#socket = socket
    this.#address = address
    this.#operations = new Operations(options.maxSubscriptionsPerSocket, options.subscriptions.places)
    this.#answers = new Answers(out, this.#operations, options.maskError)
    const { unexpected, workLimits, security, subscriptions } = options
    const handle = (text: string) => this.#handle(text)
    const giveIn = (): void => this.#close(CloseCode.InternalServerError, 'Internal server error')
    this.#inbox = new Inbox(socket, {
      rounds: subscriptions.inbound,
      allowance: workLimits.openSocket(),
      source: () => sourceOf(this.#caller, address),
      handle: unexpected.guard('websocket', handle, giveIn),
      onExceeded: () => security.refused('rate_limit', refusalDetails(this.#caller, address)),
    })
    const giveUp = unexpected.guard('websocket', () =>
      this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
    )
    this.#patience = setTimeout(giveUp, options.initTimeoutMs)
  }

  /** Takes a message that the client sent. */
  take(data: RawData): void {
    this.#inbox.add(data)
  }

  /** Handles a message; a promise settles when it is done with. */
  #handle(text: string): undefined | Promise<void> {
    if (!this.#isOpen) return undefined
    const message = readMessage(text)
    if (message?.type === MessageType.ConnectionInit) return this.#introduce(message.payload)
    if (message?.type === MessageType.Ping) this.#answers.pong()
    else if (message?.type === MessageType.Subscribe) this.#subscribe(message.id, message.payload)
    else if (message?.type === MessageType.Complete) this.#operations.leave(message.id)
    else if (message?.type !== MessageType.Pong) this.#close(CloseCode.BadRequest, 'Invalid message received')
    return undefined
  }

  /** The peer has answered a ping. */
  livesOn(): void {
    this.#isAlive = true
  }

  /** A peer that has not answered since the last beat is gone. */
  beat(): void {
    if (!this.#isAlive) return void this.#socket.terminate()
    this.#isAlive = false
    if (this.#isOpen) this.#socket.ping()
  }

  /** The socket closes or has closed: ends all that was under way on it. */
  closed(): void {
    this.#stopWaiting()
    this.#stayValid?.()
    this.#inbox.clear()
    this.#operations.leaveAll()
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
  #admitCaller(identity: Identification): void {
    if (!this.#isOpen) return
    if ('refused' in identity) {
      this.#options.security.refused(identity.refused, credentialDetails(identity, this.#address))
      return void this.#closeWith(socketRefusal(identity))
    }
    const { caller, expiresAt } = identity
    this.#caller = caller
    this.#operations.countFor(accountOf(caller, this.#address))
    this.#isAcknowledged = true
    this.#answers.acknowledge()
    if (expiresAt === null) return
    const expire = this.#options.unexpected.guard('websocket', () => this.#closeWith(credentialExpired))
    this.#stayValid = whenDue(expiresAt, expire)
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
    const text = documents.textNamedBy(payload, { caller: this.#caller, clientAddress: this.#address })
    if (text instanceof GraphQLError) return void this.#answers.refuse(id, [text])
    const operation = text === null ? payload : { ...payload, query: text }
    const subscription = subscriptions.shared.subscriptionIn(this.#caller, this.#address, operation)
    if (subscription instanceof GraphQLError) this.#answers.refuse(id, [subscription])
    else if (subscription) this.#subscribeTo(id, subscription)
    else this.#run(id, operation, null)
  }

  #subscribeTo(id: string, { held, ...asked }: AskedSubscription): void {
    const { rounds, shared } = this.#options.subscriptions
    const operation = shared.find(this.#caller, this.#address, { held, ...asked })
    if (!operation) return void this.#run(id, asked, held)
    const stream = new SharedStream(operation, rounds, new SharedAnswers(this.#answers, id))
    if (!this.#admit(id, stream, held)) return
    const { variables } = asked
    void stream.begin({ variables, resumeAfter: null, clientAddress: this.#address })
  }

  #run(id: string, asked: Asked, held: HeldBySubscription | null): void {
    const operation = LoneOperation.prepare(this.#options.graphql, this.#caller, this.#address, asked)
    if (!(operation instanceof LoneOperation)) return void this.#answers.refuse(id, operation)
    if (!this.#admit(id, operation, held)) return
    void operation
      .run((answer) => this.#answers.next(id, formatResult(answer)))
      .then(
        () => operation.isLeft || this.#answers.complete(id),
        (error: unknown) => operation.isLeft || this.#answers.fail(id, error),
      )
  }

  #admit(id: string, operation: Operation, held: HeldBySubscription | null): boolean {
    const refused = this.#operations.add(id, operation, held)
    if (refused === null) return true
    const reason = held ? 'subscriptions' : 'operations'
    this.#options.security.refused(reason, refusalDetails(this.#caller, this.#address))
    this.#answers.refuse(id, [refused])
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
