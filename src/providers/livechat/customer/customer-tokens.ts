import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { AccountsClient, CustomerToken } from '../auth/accounts-client.ts'
import type { AgentAuthorization } from '../auth/authorization.ts'
import type { CredentialHealth } from '../auth/credential-health.ts'
import { hasErrorType } from '../errors.ts'
import { settingNames } from '../settings.ts'

export interface CustomerTokensOptions {
  readonly provider: string
  readonly accounts: AccountsClient
  readonly agent: AgentAuthorization
  readonly credentialHealth: CredentialHealth
  readonly accountTokens: AccountTokens
  /** The app that creates the customers. */
  readonly clientId: string
}

/**
 * Issues customer tokens with the agent's bearer, which is renewed first if it has expired (docs/providers/livechat.md 5,
 * 19). Throws LiveChatError, UnreadableResponse or UpstreamError.
 */
export class CustomerTokens {
  readonly #options: CustomerTokensOptions

  constructor(options: CustomerTokensOptions) {
    this.#options = options
  }

  /** Creates a customer and returns its token. */
  async create(call: CallContext): Promise<string> {
    const { token } = await this.#request(null, call)
    this.#options.accountTokens.markAccepted(token)
    return token
  }

  /** Returns a new token of a customer. Throws INVALID_INPUT at `renewalToken` for an id that LiveChat does not know. */
  async renew(customerId: string, call: CallContext): Promise<string> {
    const { provider, accountTokens } = this.#options
    const { token, customerId: owner } = await this.#request(customerId, call).catch((error: unknown) => {
      throw hasErrorType(error, 'validation', 'not_found') ? unknownVisitor(provider, error) : error
    })
    // A token of another customer must not be returned.
    if (owner !== customerId) throw unknownVisitor(provider, new Error('the token is another customer’s'))
    accountTokens.markAccepted(token)
    return token
  }

  async #request(customerId: string | null, call: CallContext): Promise<CustomerToken> {
    const { accounts, agent, clientId, credentialHealth } = this.#options
    const usedHeader = agent.header
    try {
      return await accounts.createCustomerToken({ clientId, customerId }, usedHeader, call)
    } catch (error) {
      if (hasErrorType(error, 'unauthorized_client')) {
        credentialHealth.markRejected(settingNames('clientId'), call.log)
      }
      if (!hasErrorType(error, 'authentication')) throw error
      if (await agent.renew(usedHeader, call)) {
        return accounts.createCustomerToken({ clientId, customerId }, agent.header, call)
      }
      credentialHealth.markRejected(agent.settingName, call.log)
      throw error
    }
  }
}

function unknownVisitor(provider: string, cause: unknown): ChatError {
  const detail = 'LiveChat does not know this visitor any more.'
  return new ChatError('INVALID_INPUT', detail, { provider, field: 'renewalToken', cause })
}
