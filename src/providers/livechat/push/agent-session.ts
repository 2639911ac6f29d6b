import type { Logger } from 'pino'
import { anonymousCaller } from '../../../domain/caller.ts'
import { fieldOf, readList, readNonEmptyString } from '../../shared/read-document.ts'
import type { AgentAuthorization } from '../auth/authorization.ts'
import { readChatSummary, type WireUser } from '../wire.ts'
import type { AfterDisconnect } from './disconnect-reasons.ts'
import type { PushHealth } from './push-health.ts'
import { agentActions, type ChatPush } from './push-wire.ts'
import { APPLICATION, pushFilter, RtmClient, type RtmServer } from './rtm-client.ts'

/** How often the session's token is compared with the account's current one. */
const TOKEN_CHECK_MS = 60_000
/** How long before its end a token is renewed. */
const RENEW_BEFORE_MS = 5 * 60_000

/** The service account. */
export type SessionAgent = Pick<AgentAuthorization, 'header' | 'expiresAt' | 'renew'>

export interface AgentSessionOptions extends RtmServer {
  readonly provider: string
  readonly agent: SessionAgent
  readonly health: PushHealth
  readonly log: Logger
}

export interface AgentSessionEvents {
  onLogin(): void
  onPush(action: string, payload: unknown): void
  /** There is no session for now; `isFinal`: none follows. */
  onDown(reason: string, isFinal: boolean): void
}

/**
 * The RTM session of the service account. It is away and accepts no chats, so that LiveChat routes none to it
 * (docs/providers/livechat.md 25.3). Its token is renewed before it expires, where the account can renew tokens.
 */
export class AgentSession {
  readonly #options: AgentSessionOptions
  readonly #events: AgentSessionEvents
  readonly #client: RtmClient
  readonly #closing = new AbortController()
  /** The chats that the agent is in: it receives their pushes without following them. */
  readonly #memberships = new Set<string>()
  #ownId: string | null = null
  #isLoggedIn = false
  /** The header that LiveChat knows the session by. */
  #header = ''
  #isRenewing = false
  /** Whether the token was renewed since the last login. */
  #hasRenewed = false
  #tokenTimer: NodeJS.Timeout | null = null

  constructor(options: AgentSessionOptions, events: AgentSessionEvents) {
    this.#options = options
    this.#events = events
    this.#client = new RtmClient(
      { ...options, api: 'agent' },
      {
        loginPayload: () => this.#loginPayload(),
        onLogin: (payload) => this.#onLogin(payload),
        onPush: (action, payload) => events.onPush(action, payload),
        onRefused: (after, word) => this.#onRefused(after, word),
        onDown: (reason, isFinal) => this.#onDown(reason, isFinal),
      },
    )
  }

  get isLoggedIn(): boolean {
    return this.#isLoggedIn
  }

  /** `performance.now()` at which the connection last showed life; null while nobody is logged in. */
  get aliveAt(): number | null {
    return this.#client.aliveAt
  }

  isMemberOf(chatId: string): boolean {
    return this.#memberships.has(chatId)
  }

  /**
   * Records what a push shows of the agent's own membership. Whether an agent leaves a chat that it transfers is not documented
   * (docs/providers/livechat.md 11.12): it is taken to have left unless the push names it.
   */
  trackMembership(chatId: string, push: ChatPush): void {
    const ownId = this.#ownId ?? ''
    if (push.type === 'Chat') this.#setMembership(chatId, this.#isAmong(push.chat.users))
    else if (push.type === 'Transferred') this.#setMembership(chatId, push.agentIds.includes(ownId))
    else if (push.type === 'UserAdded' && push.user.id === ownId) this.#memberships.add(chatId)
    else if (push.type === 'UserRemoved' && push.userId === ownId) this.#memberships.delete(chatId)
  }

  /** Sends a request. Throws RtmRequestError. */
  request(action: string, payload: object): Promise<unknown> {
    return this.#client.request(action, payload)
  }

  close(): void {
    this.#stopTokenTimer()
    this.#closing.abort()
    this.#client.close()
  }

  #loginPayload(): object {
    this.#header = this.#options.agent.header
    return {
      token: this.#header,
      away: true,
      application: APPLICATION,
      pushes: pushFilter(agentActions),
    }
  }

  #onLogin(payload: unknown): void {
    this.#isLoggedIn = true
    this.#hasRenewed = false
    this.#options.health.markAccepted()
    this.#ownId = readNonEmptyString(fieldOf(fieldOf(payload, 'my_profile'), 'id'))
    this.#memberships.clear()
    // Version 3.7 renames the list (docs/providers/livechat.md 0).
    const chats = fieldOf(payload, 'chats_summary') ?? fieldOf(payload, 'chats_info')
    for (const { id, users } of readList(chats, readChatSummary, new Set())) {
      this.#setMembership(id, this.#isAmong(users))
    }
    this.#refuseChats()
    this.#tokenTimer = setInterval(() => this.#checkToken(), TOKEN_CHECK_MS).unref()
    this.#events.onLogin()
  }

  /** Where another connection of the agent is not away, only its status keeps chats from being routed to it. */
  #refuseChats(): void {
    this.request('set_routing_status', { status: 'not_accepting_chats' }).catch((error: unknown) => {
      if (this.#closing.signal.aborted || !this.#isLoggedIn) return
      const { provider, log } = this.#options
      log.warn({ provider, err: error }, 'LiveChat may route chats to the service account')
    })
  }

  #setMembership(chatId: string, isMember: boolean): void {
    if (isMember) this.#memberships.add(chatId)
    else this.#memberships.delete(chatId)
  }

  #isAmong(users: readonly WireUser[]): boolean {
    return users.some(({ id, present }) => id === this.#ownId && present !== false)
  }

  #onRefused(after: AfterDisconnect, word: string): void {
    const reason = `LiveChat ended the agents’ push connection: ${word}.`
    if (after === 'reconnect') this.#client.reconnect(reason)
    else if (after === 'renew' && !this.#hasRenewed) this.#renewAndReconnect(reason)
    else this.#client.stop(reason)
  }

  /** Where no new token can be requested now, the old one is refused again, after the backoff. */
  #renewAndReconnect(reason: string): void {
    if (this.#isRenewing) return
    this.#isRenewing = true
    this.#renew().then(
      (isRenewed) => {
        this.#isRenewing = false
        this.#hasRenewed = isRenewed
        if (isRenewed) this.#client.reconnect(reason)
        else this.#client.stop(reason)
      },
      () => {
        this.#isRenewing = false
        this.#client.reconnect(reason)
      },
    )
  }

  /** Whether the account has another token than the session's now. */
  #renew(): Promise<boolean> {
    const { agent, log } = this.#options
    return agent.renew(this.#header, { caller: anonymousCaller, signal: this.#closing.signal, log })
  }

  /** Continues the session with a new token: one that other requests have renewed, or when the current one ends soon. */
  #checkToken(): void {
    const { agent } = this.#options
    const { expiresAt } = agent
    const endsSoon = expiresAt !== null && expiresAt - performance.now() < RENEW_BEFORE_MS
    if (agent.header === this.#header && !endsSoon) return
    this.#updateSession().catch(() => {
      // The session ends with its token then, and the next login renews it.
    })
  }

  async #updateSession(): Promise<void> {
    if (!(await this.#renew())) return
    const { header } = this.#options.agent
    await this.request('update_session', { token: header })
    this.#header = header
  }

  #onDown(reason: string, isFinal: boolean): void {
    this.#isLoggedIn = false
    this.#stopTokenTimer()
    if (isFinal) this.#options.health.markRefused(reason)
    this.#events.onDown(reason, isFinal)
  }

  #stopTokenTimer(): void {
    if (this.#tokenTimer) clearInterval(this.#tokenTimer)
    this.#tokenTimer = null
  }
}
