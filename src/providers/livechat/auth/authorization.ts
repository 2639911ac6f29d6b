import type { CallContext } from '../../../domain/adapter.ts'
import type { AgentCredential } from '../../definition.ts'
import { type LiveChatCredential, type LiveChatOAuth, settingNames } from '../settings.ts'
import type { AccountsClient } from './accounts-client.ts'

/** The credential of a v3 request. */
export interface Authorization {
  /** Its name in the configuration; null for a visitor's own token. */
  readonly settingName: string | null
  /** Whether it is the agent of one operator: its rejection then affects nobody else. */
  readonly isOwnAgent: boolean
  /** The visitor's own token; null for a configured credential. */
  readonly customerToken: string | null
  /** Value of the `Authorization` header; null for a request without any credential. */
  readonly header: string | null
  /** Region from the token's prefix (docs/providers/livechat.md 5); null if the token has none. */
  readonly region: string | null
  /** After LiveChat rejected `rejectedHeader`: whether there is another header to try. */
  renew(rejectedHeader: string | null, call: CallContext): Promise<boolean>
}

/** The authorization of requests that need none. */
export const noAuthorization: Authorization = {
  settingName: null,
  isOwnAgent: false,
  customerToken: null,
  header: null,
  region: null,
  renew: async () => false,
}

/** A visitor's customer token. Only the visitor can renew it. */
export function customerAuthorization(token: string): Authorization {
  const header = `Bearer ${token}`
  return {
    settingName: null,
    isOwnAgent: false,
    customerToken: token,
    header,
    region: regionOf(token),
    renew: async () => false,
  }
}

/** The agent of one operator, with a personal access token. */
export interface OwnAgentAuthorization extends Authorization {
  /** Its account id. */
  readonly agentId: string
}

/** Creates the authorization of an operator's own agent. `settingName` names its credential in the configuration. */
export function ownAgentAuthorization(
  { agentId, token }: AgentCredential,
  settingName: string,
): OwnAgentAuthorization {
  return {
    settingName,
    isOwnAgent: true,
    customerToken: null,
    agentId,
    header: patHeader(agentId, token),
    region: regionOf(token),
    renew: async () => false,
  }
}

/** The service account: a permanent personal access token, or an OAuth bearer that can be renewed. */
export class AgentAuthorization implements Authorization {
  readonly isOwnAgent = false
  readonly customerToken = null
  readonly #credential: LiveChatCredential
  readonly #oauth: LiveChatOAuth | null
  readonly #accounts: AccountsClient
  #token: string
  #refreshToken: string | null
  #accountId: string | null
  #renewal: Promise<boolean> | null = null
  #expiresAt: number | null = null

  constructor(credential: LiveChatCredential, oauth: LiveChatOAuth | null, accounts: AccountsClient) {
    this.#credential = credential
    this.#oauth = oauth
    this.#accounts = accounts
    this.#token = credential.token
    this.#refreshToken = oauth?.refreshToken ?? null
    this.#accountId = credential.type === 'pat' ? credential.accountId : null
  }

  get settingName(): string {
    if (this.#credential.type === 'pat') return settingNames('accountId', 'token')
    return this.#refreshToken === null ? settingNames('token') : settingNames('token', 'refreshToken')
  }

  get header(): string {
    if (this.#credential.type === 'bearer') return `Bearer ${this.#token}`
    return patHeader(this.#credential.accountId, this.#credential.token)
  }

  get region(): string | null {
    return regionOf(this.#token)
  }

  /** `performance.now()` at which the current bearer expires; null where only its rejection will show it. */
  get expiresAt(): number | null {
    return this.#expiresAt
  }

  /** The agent's account id; null for a bearer that cannot be renewed, because only a renewal reveals it. */
  async findAccountId(call: CallContext): Promise<string | null> {
    if (this.#accountId === null) await this.renew(this.header, call)
    return this.#accountId
  }

  /** Exchanges the refresh token. Concurrent callers whose bearer was rejected share one exchange. */
  async renew(rejectedHeader: string | null, call: CallContext): Promise<boolean> {
    if (this.#credential.type === 'pat') return false
    if (this.header !== rejectedHeader) return true
    this.#renewal ??= this.#exchange(call).finally(() => {
      this.#renewal = null
    })
    return this.#renewal
  }

  async #exchange(call: CallContext): Promise<boolean> {
    if (this.#oauth === null || this.#refreshToken === null) return false
    const renewed = await this.#accounts.refresh(this.#oauth, this.#refreshToken, call)
    if (renewed === null) return false
    this.#token = renewed.accessToken
    this.#expiresAt = renewed.expiresInMs === null ? null : performance.now() + renewed.expiresInMs
    // Web apps' refresh tokens rotate, servers' do not (docs/providers/livechat.md 5).
    this.#refreshToken = renewed.refreshToken ?? this.#refreshToken
    this.#accountId = renewed.accountId ?? this.#accountId
    return true
  }
}

function patHeader(accountId: string, token: string): string {
  return `Basic ${Buffer.from(`${accountId}:${token}`).toString('base64')}`
}

function regionOf(token: string): string | null {
  return /^([a-z]{2,10}):/.exec(token)?.[1] ?? null
}
