import { ALL_SCOPES } from '../scopes.ts'
import type { Licence } from '../store/licence.ts'
import type { TokenGrant, TokenStore } from '../token-store.ts'

/** The holder of a token; by default the sandbox's own agent with every scope. */
export interface TokenRequest {
  readonly agentId?: string
  readonly scopes?: readonly string[]
}

/** Issues and revokes tokens, so that tests can call as any agent or customer. */
export interface TokenControl {
  /** For `Basic account_id:token`. */
  personalAccessToken(wish?: TokenRequest): { accountId: string; token: string }
  /** For `Bearer`; lives eight hours by the sandbox's clock. */
  accessToken(wish?: TokenRequest): string
  refreshToken(wish?: TokenRequest): string
  /** For `Bearer` on the customer side. */
  customerToken(customerId: string): string
  /** Leaves a personal access token these scopes only. */
  restrict(token: string, scopes: readonly string[]): void
  /** Expires every OAuth and customer token at once. */
  expireAll(): void
  /** Rejects this personal or customer token until the returned function is called. */
  reject(token: string): () => void
}

/** The token control of a licence. Throws an Error for an unknown agent or customer. */
export function tokenControl(licence: Licence, tokens: TokenStore): TokenControl {
  const grant = ({ agentId, scopes = ALL_SCOPES }: TokenRequest): TokenGrant => {
    const agent = licence.agents.get(agentId ?? licence.agents.keys().next().value ?? '')
    if (!agent) throw new Error(`the sandbox has no agent ${agentId}`)
    return { agent, scopes }
  }
  return {
    personalAccessToken: (wish = {}) => {
      const granted = grant(wish)
      return { accountId: granted.agent.accountId, token: tokens.issuePersonal(granted) }
    },
    accessToken: (wish = {}) => tokens.issueAccess(grant(wish)),
    refreshToken: (wish = {}) => tokens.issueRefresh(grant(wish)),
    customerToken: (customerId) => {
      const customer = licence.customers.get(customerId)
      if (!customer) throw new Error(`the sandbox has no customer ${customerId}`)
      return tokens.issueCustomer(customer)
    },
    restrict: (token, scopes) => tokens.restrict(token, scopes),
    expireAll: () => tokens.expireAll(),
    reject: (token) => tokens.reject(token),
  }
}
