import { EventEmitter } from 'node:events'
import { readBasicAuth } from './basic-auth.ts'
import type { Licence } from './store/licence.ts'
import type { Agent, Customer } from './store/model.ts'

/** Seconds for which an OAuth or customer token lives (docs/providers/livechat.md 5). */
export const TOKEN_SECONDS = 28_800

/** OAuth access tokens kept per client and account; the oldest beyond is revoked (docs/providers/livechat.md 5). */
const TOKENS_KEPT = 25

/** The agent and scopes of a token. */
export interface AgentPrincipal {
  readonly agent: Agent
  readonly scopes: readonly string[]
  /** Personal access tokens cannot be turned into customer tokens. */
  readonly kind: 'pat' | 'oauth'
}

interface Issued extends AgentPrincipal {
  readonly expiresAt: number
}

/** The agent and scopes that a token is issued for. */
export interface TokenGrant {
  readonly agent: Agent
  readonly scopes: readonly string[]
}

/** Every token of the licence: personal access tokens, OAuth tokens, customer tokens. */
export class TokenStore {
  /** Emits that tokens have expired or were revoked. */
  readonly changes = new EventEmitter<{ invalidated: [] }>()
  readonly #licence: Licence
  readonly #personal = new Map<string, AgentPrincipal>()
  readonly #access = new Map<string, Issued>()
  readonly #refresh = new Map<string, TokenGrant>()
  readonly #customer = new Map<string, { customer: Customer; expiresAt: number }>()
  readonly #rejected = new Set<string>()

  constructor(licence: Licence) {
    this.#licence = licence
  }

  issuePersonal(grant: TokenGrant, token = this.#newToken()): string {
    this.#personal.set(token, { ...grant, kind: 'pat' })
    return token
  }

  /** Leaves a personal access token these scopes only. */
  restrict(token: string, scopes: readonly string[]): void {
    const issued = this.#personal.get(token)
    if (issued) this.#personal.set(token, { ...issued, scopes })
  }

  issueAccess(grant: TokenGrant, token = this.#newToken()): string {
    this.#access.set(token, { ...grant, kind: 'oauth', expiresAt: this.#expiry() })
    const own = [...this.#access].filter(([, issued]) => issued.agent.id === grant.agent.id)
    for (const [oldest] of own.slice(0, -TOKENS_KEPT)) this.#access.delete(oldest)
    return token
  }

  issueRefresh(grant: TokenGrant, token = this.#newToken()): string {
    this.#refresh.set(token, grant)
    return token
  }

  issueCustomer(customer: Customer): string {
    const token = this.#newToken()
    this.#customer.set(token, { customer, expiresAt: this.#expiry() })
    return token
  }

  /** What a refresh token may be exchanged for. */
  refreshGrant(token: string): TokenGrant | undefined {
    return this.#refresh.get(token)
  }

  /** The agent behind `Basic account_id:PAT` or `Bearer token`; null for anything else, expired tokens included. */
  agentOf(authorization: string | undefined): AgentPrincipal | null {
    const basic = readBasicAuth(authorization)
    if (basic) {
      const found = this.#rejected.has(basic.password) ? undefined : this.#personal.get(basic.password)
      return found?.agent.accountId === basic.user ? found : null
    }
    const issued = this.#access.get(bearer(authorization))
    return issued && issued.expiresAt > this.#licence.now() ? issued : null
  }

  /** The customer behind a `Bearer` customer token, or null. */
  customerOf(authorization: string | undefined): Customer | null {
    const token = bearer(authorization)
    const issued = this.#rejected.has(token) ? undefined : this.#customer.get(token)
    return issued && issued.expiresAt > this.#licence.now() ? issued.customer : null
  }

  /** True for a token that `reject` has made invalid. */
  isRejected(authorization: string): boolean {
    return this.#rejected.has(readBasicAuth(authorization)?.password ?? bearer(authorization))
  }

  /** Epoch milliseconds at which a Bearer token expires; null for others. */
  expiresAt(authorization: string): number | null {
    const token = bearer(authorization)
    return (this.#access.get(token) ?? this.#customer.get(token))?.expiresAt ?? null
  }

  /** Expires every OAuth and customer token at once. Personal and refresh tokens stay valid. */
  expireAll(): void {
    this.#access.clear()
    this.#customer.clear()
    this.changes.emit('invalidated')
  }

  /** Rejects this personal or customer token until the returned function is called. */
  reject(token: string): () => void {
    this.#rejected.add(token)
    this.changes.emit('invalidated')
    return () => void this.#rejected.delete(token)
  }

  // The prefix names the region that issued it (docs/providers/livechat.md 5).
  #newToken(): string {
    return `dal:${this.#licence.newUuid().replaceAll('-', '')}`
  }

  #expiry(): number {
    return this.#licence.now() + TOKEN_SECONDS * 1000
  }
}

function bearer(authorization: string | undefined): string {
  return /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
}
