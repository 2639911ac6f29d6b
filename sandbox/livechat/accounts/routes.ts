import type { WireRequest, WireRoute } from '../../wire-server.ts'
import { coversScope } from '../scopes.ts'
import type { Licence } from '../store/licence.ts'
import type { Customer } from '../store/model.ts'
import { TOKEN_SECONDS, type TokenStore } from '../token-store.ts'
import { AccountsError, accountsResponse, readFields } from './request-fields.ts'

/** What the accounts host needs: the licence, its tokens, and the one registered app. */
export interface AccountsOptions {
  readonly licence: Licence
  readonly tokens: TokenStore
  readonly clientId: string
  readonly clientSecret: string
}

/**
 * The accounts host (accounts.livechat.com), on the same port: customer tokens and OAuth refresh
 * (docs/providers/livechat.md 5).
 */
export function accountsRoutes(options: AccountsOptions): WireRoute[] {
  return [
    {
      method: 'POST',
      path: '/v2/customer/token',
      handle: (request) => accountsResponse(() => customerToken(request, options)),
    },
    {
      method: 'POST',
      path: '/v2/token',
      handle: (request) => accountsResponse(() => refreshedToken(request, options)),
    },
  ]
}

/** `agent_token` grant: an agent's OAuth token with `customers:own` makes a customer, or a new token for a known one. */
function customerToken(request: WireRequest, { licence, tokens, clientId }: AccountsOptions): object {
  const fields = readFields(request)
  requireClient(fields['client_id'], clientId)
  if (fields['grant_type'] !== 'agent_token') {
    throw new AccountsError(400, 'unsupported_grant_type', 'Only the agent_token grant is offered')
  }
  if (fields['response_type'] !== 'token') {
    throw new AccountsError(400, 'unsupported_response_type', 'response_type must be token')
  }
  const caller = tokens.agentOf(request.headers.authorization)
  if (caller?.kind !== 'oauth') throw new AccountsError(401, 'unauthorized', 'Invalid access token')
  if (!coversScope(caller.scopes, 'customers:own')) {
    throw new AccountsError(403, 'access_denied', 'Scope customers:own is required')
  }
  const customer = customerFor(licence, fields['entity_id'])
  return {
    access_token: tokens.issueCustomer(customer),
    client_id: clientId,
    entity_id: customer.id,
    expires_in: TOKEN_SECONDS,
    token_type: 'Bearer',
    organization_id: licence.organizationId,
  }
}

function customerFor(licence: Licence, entityId: string | undefined): Customer {
  if (entityId === undefined) return licence.addCustomer()
  const customer = licence.customers.get(entityId)
  if (!customer) throw new AccountsError(400, 'invalid_request', 'Unknown entity_id')
  return customer
}

/** `refresh_token` grant of a server-side app: a new access token, the same refresh token. */
function refreshedToken(request: WireRequest, options: AccountsOptions): object {
  const { licence, tokens, clientId, clientSecret } = options
  const fields = readFields(request)
  requireClient(fields['client_id'], clientId)
  if (fields['client_secret'] !== clientSecret) {
    throw new AccountsError(401, 'unauthorized_client', 'Invalid client secret')
  }
  if (fields['grant_type'] !== 'refresh_token') {
    throw new AccountsError(400, 'unsupported_grant_type', 'Only the refresh_token grant is offered')
  }
  const refreshToken = fields['refresh_token'] ?? ''
  const grant = tokens.refreshGrant(refreshToken)
  if (!grant) throw new AccountsError(400, 'invalid_grant', 'Refresh token not found')
  return {
    access_token: tokens.issueAccess(grant),
    account_id: grant.agent.accountId,
    expires_in: TOKEN_SECONDS,
    organization_id: licence.organizationId,
    refresh_token: refreshToken,
    scope: grant.scopes.join(','),
    token_type: 'Bearer',
  }
}

function requireClient(given: string | undefined, clientId: string): void {
  if (given !== clientId) throw new AccountsError(401, 'unauthorized_client', 'Client ID not found')
}
