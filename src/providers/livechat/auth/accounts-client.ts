import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import { parseJson } from '../../../domain/json.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import { UnreadableResponse } from '../../shared/errors.ts'
import { detach, toRequestOptions } from '../../shared/request-options.ts'
import { lenient } from '../../shared/response.ts'
import { LiveChatError } from '../errors.ts'
import type { LiveChatOAuth } from '../settings.ts'

const TOKEN_ROUTE = '/v2/token'
const CUSTOMER_TOKEN_ROUTE = '/v2/customer/token'

const refreshResponse = z.object({
  access_token: z.string().min(1),
  refresh_token: lenient(z.string().min(1)),
  account_id: lenient(z.string()),
})
const customerTokenResponse = z.object({ access_token: z.string().min(1), entity_id: z.string().min(1) })

/** Result of a refresh; null where the response omits a field. */
export interface RenewedToken {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly accountId: string | null
}

/** Client of LiveChat's accounts host: OAuth refresh and customer tokens (docs/providers/livechat.md 5). */
export class AccountsClient {
  readonly #upstream: UpstreamClient

  constructor(upstream: UpstreamClient) {
    this.#upstream = upstream
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
      const response = await this.#post(TOKEN_ROUTE, body, {}, refreshResponse, detach(call))
      const { access_token: accessToken, refresh_token, account_id } = response
      return { accessToken, refreshToken: refresh_token ?? null, accountId: account_id ?? null }
    } catch (error) {
      if (error instanceof LiveChatError && error.status < 500 && error.status !== 429) return null
      throw error
    }
  }

  /**
   * Creates a customer and returns its token. `agentHeader` authorizes with an OAuth bearer that has the scope
   * `customers:own`.
   */
  async createCustomerToken(clientId: string, agentHeader: string, call: CallContext): Promise<string> {
    const body = { grant_type: 'agent_token', client_id: clientId, response_type: 'token' }
    const response = await this.#post(
      CUSTOMER_TOKEN_ROUTE,
      body,
      { authorization: agentHeader },
      customerTokenResponse,
      call,
    )
    return response.access_token
  }

  async #post<T extends z.ZodType>(
    route: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
    responseSchema: T,
    call: CallContext,
  ): Promise<z.output<T>> {
    const request = { method: 'POST', route, path: route, headers, body } as const
    const response = await this.#upstream.send({ ...request, ...toRequestOptions(call) })
    if (response.status >= 400) throw new LiveChatError('accounts', response)
    const parsed = responseSchema.safeParse(parseJson(response.text))
    if (parsed.success) return parsed.data
    throw new UnreadableResponse('unexpected response shape', { cause: parsed.error })
  }
}
