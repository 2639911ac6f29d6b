import type { ServerConnection } from '../../push-connection.ts'
import type { ConnectionHandler } from '../../push-server.ts'
import { ApiError } from '../api-error.ts'
import type { Backend, Method } from '../v3/method.ts'
import type { RtmContext } from './context.ts'
import { errorFrame, errorOf, pushFrame, type RequestFrame, readRequest, successFrame } from './frames.ts'
import { logIn } from './login.ts'
import { sessionMethods } from './session-methods.ts'
import { type RtmSide, type RtmUser, userId } from './users.ts'

/** Milliseconds within which a connection must log in, and after which a silent one is closed. */
const LOGIN_MS = 30_000
const SILENCE_MS = 30_000
/** Requests that may wait for their response on one connection (docs/providers/livechat.md 25.4). */
const MAX_PENDING = 10

/** One RTM connection: its login, its requests and its pushes (docs/providers/livechat.md 25). */
export class RtmSession implements ConnectionHandler {
  readonly side: RtmSide
  readonly connection: ServerConnection
  readonly #context: RtmContext
  user: RtmUser | null = null
  /** The names of the wanted pushes; null stands for all. */
  wanted: ReadonlySet<string> | null = null
  #pending = 0
  #stopTimer: () => void

  constructor(side: RtmSide, connection: ServerConnection, context: RtmContext) {
    this.side = side
    this.connection = connection
    this.#context = context
    this.#stopTimer = context.startTimeout(LOGIN_MS, () => this.disconnect('connection_timeout'))
  }

  onFrame(text: string): void {
    const request = readRequest(text)
    if (!request) {
      const error = { type: 'validation', message: 'Wrong format of request' }
      this.connection.reply(errorFrame({ action: '', payload: {}, requestId: undefined }, error))
      return
    }
    if (this.user) this.#restartSilence()
    if (this.#pending >= MAX_PENDING) {
      const error = { type: 'pending_requests_limit_reached', message: 'Requests limit reached' }
      this.connection.reply(errorFrame(request, error))
      return
    }
    this.#pending += 1
    this.#context.gate.pass(() => {
      this.#pending -= 1
      this.#answer(request)
    })
  }

  // Before the login a ping has no effect.
  onPing(): void {
    if (this.user) this.#restartSilence()
  }

  onClose(): void {
    this.#stopTimer()
    this.#context.sessions.delete(this)
  }

  /** Sends a push, unless the login left its name out. */
  push(action: string, payload: object, requestId?: string): void {
    if (this.wanted === null || this.wanted.has(action)) {
      this.connection.push(pushFrame(action, payload, requestId))
    }
  }

  /** Says why the connection ends, and ends it. */
  disconnect(reason: string, data?: Readonly<Record<string, unknown>>): void {
    const payload = { reason, ...(data && { data }) }
    this.connection.reply(pushFrame(`${this.side}_disconnected`, payload, undefined))
    this.connection.close()
  }

  #answer(request: RequestFrame): void {
    if (!this.connection.isOpen) return
    const { current } = this.#context
    current.request = { session: this, requestId: request.requestId }
    try {
      const frame = this.#respond(request)
      if (frame) this.connection.reply(frame)
    } catch (thrown) {
      const error = errorOf(thrown)
      if (!error) throw thrown
      this.connection.reply(errorFrame(request, error))
    } finally {
      current.request = null
    }
  }

  #respond(request: RequestFrame): object | null {
    const { action, payload } = request
    if (!this.user) {
      if (action === 'ping') return null
      if (action !== 'login') {
        return errorFrame(request, { type: 'authentication', message: 'Log in first' })
      }
      return this.#logIn(request)
    }
    const result = this.#method(this.user, action)(payload)
    return successFrame(request, result)
  }

  #logIn(request: RequestFrame): object {
    const refusal = this.#context.faults.takeLoginError(this.connection)
    if (refusal) return errorFrame(request, refusal)
    const { user, wanted, response } = logIn(this.#context.backend, this.side, request.payload)
    this.user = user
    this.wanted = wanted
    this.connection.user = userId(user)
    this.#restartSilence()
    return successFrame(request, response)
  }

  #method(user: RtmUser, action: string): (payload: unknown) => unknown {
    const { backend, agentMethods, customerMethods } = this.#context
    const own = sessionMethods.get(action)
    if (own) return (payload) => own(payload, this)
    return user.side === 'agent'
      ? invoker(agentMethods, action, user.principal, backend)
      : invoker(customerMethods, action, user.customer, backend)
  }

  #restartSilence(): void {
    this.#stopTimer()
    this.#stopTimer = this.#context.startTimeout(SILENCE_MS, () => this.disconnect('connection_timeout'))
  }
}

function invoker<Caller>(
  methods: ReadonlyMap<string, Method<Caller>>,
  action: string,
  caller: Caller,
  backend: Backend,
): (payload: unknown) => unknown {
  const found = methods.get(action)
  if (!found) throw new ApiError('not_found', 'Unknown action')
  return (payload) => found.invoke(payload, caller, backend)
}
