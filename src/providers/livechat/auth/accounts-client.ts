import type { CallContext } from '../../../domain/adapter.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import { readNonEmptyString, readNumber, readString, required, toObject } from '../../shared/read-document.ts'
import { detach, toRequestOptions } from '../../shared/request-options.ts'
import { ResponseFormat } from '../../shared/response-format.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import { LiveChatError } from '../errors.ts'
import type { LiveChatOAuth } from '../settings.ts'

const TOKEN_ROUTE = '/v2/token'
const CUSTOMER_TOKEN_ROUTE = '/v2/customer/token'

/** Result of a refresh; null where the response omits a field. */
export interface RenewedToken {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly accountId: string | null
  /** Milliseconds. */
  readonly expiresInMs: number | null
}

/** A customer token, and the customer's id; null where the response omits it. */
export interface CustomerToken {
  readonly token: string
  readonly customerId: string | null
}

const refreshResponse = new ResponseFormat((value): RenewedToken => {
  const { access_token, refresh_token, account_id, expires_in } = toObject(value)
  const seconds = readNumber(expires_in)
  return {
    accessToken: required(readNonEmptyString(access_token), 'access_token'),
    refreshToken: readNonEmptyString(refresh_token),
    accountId: readString(account_id),
    expiresInMs: seconds === null ? null : seconds * 1000,
  }
})
const customerTokenResponse = new ResponseFormat((value): CustomerToken => {
  const { access_token, entity_id } = toObject(value)
  return {
    token: required(readNonEmptyString(access_token), 'access_token'),
    customerId: readNonEmptyString(entity_id),
  }
})

/** Client of LiveChat's accounts host: OAuth refresh and customer tokens (docs/providers/livechat.md 5). */
export class AccountsClient {
  readonly #upstream: UpstreamClient
  readonly #reader: ResponseReader

  constructor(upstream: UpstreamClient, reader: ResponseReader) {
    this.#upstream = upstream
    this.#reader = reader
  }

  /**
   * Exchanges a refresh token for new tokens; null if LiveChat rejects it. Continues after its caller disconnects,
   * because other callers wait for the same token.
   */
  async refresh(oauth: LiveChatOAuth, refreshToken: string, call: CallContext): Promise<RenewedToken | null> {
    const body = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: oauth.clientId,
      ...(oauth.clientSecret !== undefined && { client_secret: oauth.clientSecret }),
    }
    try {
      return await this.#post(TOKEN_ROUTE, body, {}, refreshResponse, detach(call))
    } catch (error) {
      if (error instanceof LiveChatError && error.status < 500 && error.status !== 429) return null
      throw error
    }
  }

  /**
   * Returns a token of the customer with this id, or of a new customer if it is null. `agentHeader` authorizes with an OAuth
   * bearer that has the scope `customers:own`.
   */
  async createCustomerToken(
    { clientId, customerId }: { readonly clientId: string; readonly customerId: string | null },
    agentHeader: string,
    call: CallContext,
  ): Promise<CustomerToken> {
    const body = {
      grant_type: 'agent_token',
      client_id: clientId,
      response_type: 'token',
      ...(customerId !== null && { entity_id: customerId }),
    }
    const headers = { authorization: agentHeader }
    return this.#post(CUSTOMER_TOKEN_ROUTE, body, headers, customerTokenResponse, call)
  }

  async #post<T>(
    route: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
    format: ResponseFormat<T>,
    call: CallContext,
  ): Promise<T> {
    const request = { method: 'POST', route, path: route, headers, body } as const
    const response = await this.#upstream.send({ ...request, ...toRequestOptions(call) })
    if (response.status >= 400) throw new LiveChatError('accounts', response)
    return this.#reader.read(format, response.body, { source: route, log: call.log })
  }
}
