import type { CallContext } from '../../../domain/adapter.ts'
import type { LiveChatCredential, LiveChatOAuth } from '../settings.ts'
import type { AccountsClient } from './accounts-client.ts'

/** Whose credential a v3 call carries. */
export interface Authorization {
  /** What the configuration calls it; null for a visitor's own token. */
  readonly settingName: string | null
  /** The visitor's own token; null for what is configured. */
  readonly customerToken: string | null
  /** The header's value. */
  readonly header: string
  /**
   * The region that the token names by its prefix (docs/providers/livechat.md 5); null where it names none.
   */
  readonly region: string | null
  /** After `refused` was refused: whether there is another header to try. */
  renew(refused: string, call: CallContext): Promise<boolean>
}

/** A visitor's customer token. It is the visitor's to renew. */
export function customerAuthorization(token: string): Authorization {
  const header = `Bearer ${token}`
  return {
    settingName: null,
    customerToken: token,
    header,
    region: regionOf(token),
    renew: async () => false,
  }
}

/** The configured agent: a personal access token for good, or an OAuth bearer that can be renewed. */
export class AgentAuthorization implements Authorization {
  readonly customerToken = null
  readonly #credential: LiveChatCredential
  readonly #oauth: LiveChatOAuth | null
  readonly #accounts: AccountsClient
  #token: string
  #refreshToken: string | null
  #accountId: string | null
  #renewing: Promise<boolean> | null = null

  constructor(credential: LiveChatCredential, oauth: LiveChatOAuth | null, accounts: AccountsClient) {
    this.#credential = credential
    this.#oauth = oauth
    this.#accounts = accounts
    this.#token = credential.token
    this.#refreshToken = oauth?.refreshToken ?? null
    this.#accountId = credential.type === 'pat' ? credential.accountId : null
  }

  get settingName(): string {
    if (this.#credential.type === 'pat') return 'LIVECHAT_ACCOUNT_ID and LIVECHAT_TOKEN'
    return this.#refreshToken === null ? 'LIVECHAT_TOKEN' : 'LIVECHAT_TOKEN and LIVECHAT_REFRESH_TOKEN'
  }

  get header(): string {
    if (this.#credential.type === 'bearer') return `Bearer ${this.#token}`
    const { accountId, token } = this.#credential
    return `Basic ${Buffer.from(`${accountId}:${token}`).toString('base64')}`
  }

  get region(): string | null {
    return regionOf(this.#token)
  }

  /** The account that acts; null where only a bearer is known that cannot be renewed. */
  async findAccountId(call: CallContext): Promise<string | null> {
    if (this.#accountId === null) await this.renew(this.header, call)
    return this.#accountId
  }

  /** Exchanges the refresh token, once for all who find the same bearer refused at the same time. */
  async renew(refused: string, call: CallContext): Promise<boolean> {
    if (this.#credential.type === 'pat') return false
    if (this.header !== refused) return true
    this.#renewing ??= this.#exchange(call).finally(() => {
      this.#renewing = null
    })
    return this.#renewing
  }

  async #exchange(call: CallContext): Promise<boolean> {
    if (this.#oauth === null || this.#refreshToken === null) return false
    const renewed = await this.#accounts.refresh(this.#oauth, this.#refreshToken, call)
    if (renewed === null) return false
    this.#token = renewed.accessToken
    // Web apps' refresh tokens rotate, servers' do not (docs/providers/livechat.md 5).
    this.#refreshToken = renewed.refreshToken ?? this.#refreshToken
    this.#accountId = renewed.accountId ?? this.#accountId
    return true
  }
}

function regionOf(token: string): string | null {
  return /^([a-z]{2,10}):/.exec(token)?.[1] ?? null
}
