import { PushSocket, type PushSocketOptions } from '../../../upstream/push-socket.ts'
import { fieldOf } from '../../shared/read-document.ts'
import { type AfterDisconnect, afterDisconnect, afterLoginError } from './disconnect-reasons.ts'
import { type RtmFrame, readRtmFrame, toErrorType } from './rtm-frames.ts'

const VERSION = '3.6'
/** How the gateway names itself at the login. */
export const APPLICATION = { name: 'Switchboard', version: '1.0' } as const
/** LiveChat accepts ten pending requests per connection (docs/providers/livechat.md 6); one is left for the ping. */
const MAX_PENDING = 9
/** Requests that wait for a pending one to end. */
const MAX_QUEUED = 2_000
/** Milliseconds to the response of a request; LiveChat ends its own work after 15 s (docs/providers/livechat.md 3.6). */
const RESPONSE_TIMEOUT_MS = 15_000

/** A request over RTM failed; `errorType` is LiveChat's type, or null where no response came. */
export class RtmRequestError extends Error {
  override readonly name = 'RtmRequestError'
  readonly errorType: string | null

  constructor(action: string, errorType: string | null) {
    super(`LiveChat's push did not do ${action}: ${errorType ?? 'no response'}`)
    this.errorType = errorType
  }
}

/** What is done with a connection to RTM. */
export interface RtmHandler {
  /** The payload of the login, with the current token. Called for each connection. */
  loginPayload(): object
  /** The login succeeded; `payload` is its response. */
  onLogin(payload: unknown): void
  onPush(action: string, payload: unknown): void
  /**
   * LiveChat refuses the login, or ends the connection. `word` is its error type or reason. The handler calls `reconnect` or
   * `stop`.
   */
  onRefused(after: AfterDisconnect, word: string): void
  /** There is no connection for now; `isFinal`: none follows. */
  onDown(reason: string, isFinal: boolean): void
}

/** The RTM server of an account. */
export interface RtmServer {
  /** The address of the v3 APIs. */
  readonly apiUrl: string
  /** Sent where it is known; the vendor's own client for agents omits it (docs/providers/livechat.md 7.2). */
  readonly organizationId: string | null
  readonly socketOptions: PushSocketOptions
}

interface RtmOptions extends RtmServer {
  readonly api: 'agent' | 'customer'
}

/** The address of RTM; it contains no credential. */
function rtmUrl({ api, apiUrl, organizationId }: Omit<RtmOptions, 'socketOptions'>): string {
  const search = organizationId === null ? '' : `?${new URLSearchParams({ organization_id: organizationId })}`
  return `${apiUrl.replace(/^http/, 'ws')}/v${VERSION}/${api}/rtm/ws${search}`
}

/** The part of a login that limits which pushes are sent (docs/providers/livechat.md 25.1). */
export function pushFilter(actions: readonly string[]): object {
  return { [VERSION]: actions }
}

interface PendingRequest {
  readonly id: string
  readonly action: string
  readonly payload: object
  readonly resolve: (payload: unknown) => void
  readonly reject: (error: RtmRequestError) => void
  timer: NodeJS.Timeout | null
}

/**
 * Client of LiveChat's RTM over one socket that stays connected: login, requests, pushes (docs/providers/livechat.md 7.2, 25).
 * Requests are sent after the login, in their order.
 */
export class RtmClient {
  readonly #api: 'agent' | 'customer'
  readonly #handler: RtmHandler
  readonly #socket: PushSocket
  readonly #pending = new Map<string, PendingRequest>()
  #queue: PendingRequest[] = []
  #requestCount = 0
  #loginId: string | null = null
  #isLoggedIn = false

  /** Connects at once; the handler is called later. */
  constructor({ api, apiUrl, organizationId, socketOptions }: RtmOptions, handler: RtmHandler) {
    this.#api = api
    this.#handler = handler
    const protocol = {
      onOpen: () => this.#login(),
      onFrame: (value: unknown) => this.#onFrame(value),
      ping: () => this.#socket.send({ action: 'ping', payload: {} }),
      onDown: (reason: string, isFinal: boolean) => {
        this.#endRequests()
        this.#handler.onDown(reason, isFinal)
      },
    }
    this.#socket = new PushSocket(rtmUrl({ api, apiUrl, organizationId }), protocol, socketOptions)
  }

  /** `performance.now()` at which the connection last showed life; null before the login. */
  get aliveAt(): number | null {
    return this.#isLoggedIn ? this.#socket.aliveAt : null
  }

  /** Sends a request and returns the payload of its response. Throws RtmRequestError. */
  request(action: string, payload: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.#isLoggedIn || this.#queue.length >= MAX_QUEUED) {
        reject(new RtmRequestError(action, null))
        return
      }
      this.#queue.push({ id: this.#nextId(), action, payload, resolve, reject, timer: null })
      this.#sendQueued()
    })
  }

  /** Makes a new connection, after the backoff. */
  reconnect(reason: string): void {
    this.#socket.reconnect(reason)
  }

  /** Ends the connection for good; `onDown` is called with `isFinal`. */
  stop(reason: string): void {
    this.#socket.stop(reason)
  }

  /** Ends the connection for good; the handler is not called any more. */
  close(): void {
    this.#endRequests()
    this.#socket.close()
  }

  #login(): void {
    this.#loginId = this.#nextId()
    const payload = this.#handler.loginPayload()
    this.#socket.send({ request_id: this.#loginId, action: 'login', payload })
  }

  #onFrame(value: unknown): void {
    const frame = readRtmFrame(value)
    if (frame === null) return
    if (frame.type === 'response') this.#onResponse(frame)
    else if (frame.action === `${this.#api}_disconnected`) this.#onDisconnected(frame.payload)
    else if (this.#isLoggedIn) this.#handler.onPush(frame.action, frame.payload)
  }

  #onResponse({ requestId, payload, errorType }: Extract<RtmFrame, { type: 'response' }>): void {
    if (requestId === null) return
    if (requestId === this.#loginId) {
      this.#loginId = null
      this.#onLoginResponse(payload, errorType)
      return
    }
    const request = this.#pending.get(requestId)
    if (!request) return
    this.#pending.delete(requestId)
    if (request.timer) clearTimeout(request.timer)
    if (errorType === null) request.resolve(payload)
    else request.reject(new RtmRequestError(request.action, errorType))
    this.#sendQueued()
  }

  #onLoginResponse(payload: unknown, errorType: string | null): void {
    if (errorType !== null) {
      this.#handler.onRefused(afterLoginError(errorType), errorType)
      return
    }
    this.#isLoggedIn = true
    this.#socket.loggedIn()
    this.#handler.onLogin(payload)
  }

  #onDisconnected(payload: unknown): void {
    const reason = toErrorType(fieldOf(payload, 'reason'))
    this.#handler.onRefused(afterDisconnect(this.#api, reason), reason)
  }

  #sendQueued(): void {
    while (this.#pending.size < MAX_PENDING) {
      const request = this.#queue.shift()
      if (!request) return
      const { id, action, payload } = request
      this.#pending.set(id, request)
      request.timer = setTimeout(
        () => this.#socket.reconnect('LiveChat did not answer a request over push.'),
        RESPONSE_TIMEOUT_MS,
      )
      request.timer.unref()
      this.#socket.send({ request_id: id, action, payload })
    }
  }

  /** Fails all requests, because the connection that would bring their responses has ended. */
  #endRequests(): void {
    this.#isLoggedIn = false
    this.#loginId = null
    const requests = [...this.#pending.values(), ...this.#queue]
    this.#pending.clear()
    this.#queue = []
    for (const { action, reject, timer } of requests) {
      if (timer) clearTimeout(timer)
      reject(new RtmRequestError(action, null))
    }
  }

  #nextId(): string {
    this.#requestCount += 1
    return String(this.#requestCount)
  }
}
