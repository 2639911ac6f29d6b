import type { ServerConnection } from '../../push-connection.ts'
import type { ConnectionHandler } from '../../push-server.ts'
import { ApiError } from '../api-error.ts'
import type { Backend, Method } from '../v3/method.ts'
import type { RtmContext } from './context.ts'
import type { DisconnectReason } from './disconnect-reasons.ts'
import { errorFrame, errorOf, pushFrame, type RequestFrame, readRequest, successFrame } from './frames.ts'
import { loginResponse, onlineCustomers, readLogin } from './login.ts'
import { agentSessionMethods } from './session-methods.ts'
import { hasValidToken, type RtmSide, type RtmUser, userId } from './users.ts'

/** Milliseconds within which a connection must log in, and after which a silent one is closed. */
const LOGIN_MS = 30_000
const SILENCE_MS = 30_000
/** Requests that may wait for their response on one connection. */
const MAX_PENDING = 10

/** One RTM connection: its login, its requests and its pushes (docs/providers/livechat.md 7.2 and 25). */
export class RtmSession implements ConnectionHandler {
  readonly side: RtmSide
  readonly connection: ServerConnection
  readonly #context: RtmContext
  #user: RtmUser | null = null
  /** The names of the wanted pushes; null stands for all. */
  #wanted: ReadonlySet<string> | null = null
  #pending = 0
  #isLeaving = false
  /** Of the login, and then of silence. */
  #stopDeadline: () => void
  #stopExpiry = (): void => {}

  constructor(side: RtmSide, connection: ServerConnection, context: RtmContext) {
    this.side = side
    this.connection = connection
    this.#context = context
    this.#stopDeadline = context.startTimeout(LOGIN_MS, () => this.disconnect('connection_timeout'))
  }

  /** Who has logged in; null before. */
  get user(): RtmUser | null {
    return this.#user
  }

  onFrame(text: string): void {
    if (this.#user) this.#restartSilence()
    const request = readRequest(text)
    if (!request) {
      const error = { type: 'validation', message: 'Wrong format of request' }
      this.connection.reply(errorFrame({ action: '', payload: {}, requestId: undefined }, error))
    } else if (this.#pending >= MAX_PENDING) {
      const error = { type: 'pending_requests_limit_reached', message: 'Requests limit reached' }
      this.connection.reply(errorFrame(request, error))
    } else {
      this.#pending += 1
      this.#context.gate.pass(() => {
        this.#pending -= 1
        this.#answer(request)
      })
    }
  }

  // Before the login a ping has no effect.
  onPing(): void {
    if (this.#user) this.#restartSilence()
  }

  onClose(): void {
    this.#stopDeadline()
    this.#stopExpiry()
    this.#context.sessions.delete(this)
    if (this.#user?.side === 'agent') this.#context.presence.leave(this.#user.principal.agent, this)
  }

  /** Sends a push, unless the login left its name out. */
  push(action: string, payload: object, requestId?: string): void {
    if (this.#wanted === null || this.#wanted.has(action)) {
      this.connection.push(pushFrame(action, payload, requestId))
    }
  }

  /** Says why the connection ends, whatever pushes are wanted, and ends it. */
  disconnect(reason: DisconnectReason, data?: Readonly<Record<string, unknown>>): void {
    const payload = { reason, ...(data && { data }) }
    this.connection.reply(pushFrame(`${this.side}_disconnected`, payload, undefined))
    this.connection.close()
  }

  /** Ends the connection after the response to this request. */
  logOut(): void {
    this.#isLeaving = true
  }

  /** Goes on with another token of the same user. */
  continueAs(user: RtmUser): void {
    this.#user = user
    this.#stopExpiry()
    const { backend, startTimeout } = this.#context
    const expiresAt = backend.tokens.expiresAt(user.authorization)
    if (expiresAt === null) return
    this.#stopExpiry = startTimeout(expiresAt - backend.licence.now(), () => this.checkToken())
  }

  /** Ends the connection if its token is no longer valid. */
  checkToken(): void {
    const { backend } = this.#context
    if (!this.#user || hasValidToken(backend, this.#user)) return
    const isRevoked = backend.tokens.isRejected(this.#user.authorization)
    this.disconnect(isRevoked ? 'access_token_revoked' : 'access_token_expired')
  }

  #answer(request: RequestFrame): void {
    if (!this.connection.isOpen) return
    const { current, faults } = this.#context
    const refusal = this.#user && faults.takeRequestError(request.action, this.connection)
    if (refusal) {
      this.connection.reply(errorFrame(request, refusal))
      return
    }
    current.request = { session: this, requestId: request.requestId }
    try {
      this.#respond(request)
    } catch (thrown) {
      const error = errorOf(thrown)
      if (!error) throw thrown
      this.connection.reply(errorFrame(request, error))
    } finally {
      current.request = null
    }
    if (this.#isLeaving) this.connection.close()
  }

  #respond(request: RequestFrame): void {
    const { action, payload } = request
    if (this.#user) this.connection.reply(successFrame(request, this.#invoke(this.#user, action, payload)))
    else if (action === 'login') this.#logIn(request)
    else if (action !== 'ping') throw new ApiError('authentication', 'Requester is not logged in')
  }

  #logIn(request: RequestFrame): void {
    const { backend, faults, presence } = this.#context
    const refusal = faults.takeLoginError(this.connection)
    if (refusal) {
      this.connection.reply(errorFrame(request, refusal))
      return
    }
    const { user, wanted, entrance } = readLogin(backend, this.side, request.payload)
    if (user.side === 'agent') presence.enter(user.principal.agent, this, entrance)
    this.#wanted = wanted
    this.connection.user = userId(user)
    this.continueAs(user)
    this.#restartSilence()
    this.connection.reply(successFrame(request, loginResponse(backend, user)))
    if (user.side === 'agent') this.push('incoming_customers', onlineCustomers(backend, user))
  }

  #invoke(user: RtmUser, action: string, payload: unknown): unknown {
    const context = this.#context
    const { backend, agentMethods, customerMethods } = context
    if (action === 'ping') return {}
    if (user.side === 'customer') return invoke(customerMethods, action, payload, user.customer, backend)
    const own = agentSessionMethods.get(action)
    return own
      ? own(payload, { session: this, user, context })
      : invoke(agentMethods, action, payload, user.principal, backend)
  }

  #restartSilence(): void {
    this.#stopDeadline()
    this.#stopDeadline = this.#context.startTimeout(SILENCE_MS, () => this.disconnect('connection_timeout'))
  }
}

function invoke<Caller>(
  methods: ReadonlyMap<string, Method<Caller>>,
  action: string,
  payload: unknown,
  caller: Caller,
  backend: Backend,
): unknown {
  const found = methods.get(action)
  if (!found) throw new ApiError('not_found', 'Unknown action')
  return found.invoke(payload, caller, backend)
}
