import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import { UnreadableResponse } from '../../shared/errors.ts'
import { parseJson } from '../../shared/json.ts'
import { detach, toRequestOptions } from '../../shared/request-options.ts'
import { lenient } from '../../shared/response.ts'
import { LiveChatError } from '../api-error.ts'
import type { LiveChatOAuth } from '../settings.ts'

const TOKEN = '/v2/token'
const CUSTOMER_TOKEN = '/v2/customer/token'

const renewed = z.object({
  access_token: z.string().min(1),
  refresh_token: lenient(z.string().min(1)),
  account_id: lenient(z.string()),
})
const customer = z.object({ access_token: z.string().min(1), entity_id: z.string().min(1) })

/** What a refresh gave; null where the answer left it out. */
export interface RenewedToken {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly accountId: string | null
}

/** The accounts host: OAuth refresh and customer tokens (docs/providers/livechat.md 5). */
export class AccountsClient {
  readonly #upstream: UpstreamClient

  constructor(upstream: UpstreamClient) {
    this.#upstream = upstream
  }

  /** Gives new tokens for a refresh token; null where it is refused. Goes on when the one who asked has left. */
  async refresh(oauth: LiveChatOAuth, refreshToken: string, call: CallContext): Promise<RenewedToken | null> {
    const body = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: oauth.clientId,
      ...(oauth.clientSecret !== undefined && { client_secret: oauth.clientSecret }),
    }
    try {
      // Others wait for the same token.
      const answer = await this.#post(TOKEN, body, {}, renewed, detach(call))
      const { access_token: accessToken, refresh_token, account_id } = answer
      return { accessToken, refreshToken: refresh_token ?? null, accountId: account_id ?? null }
    } catch (error) {
      if (error instanceof LiveChatError && error.status < 500 && error.status !== 429) return null
      throw error
    }
  }

  /** Makes a customer and gives the customer's token. `agent` is the header of an OAuth bearer with `customers:own`. */
  async createCustomerToken(clientId: string, agent: string, call: CallContext): Promise<string> {
    const body = { grant_type: 'agent_token', client_id: clientId, response_type: 'token' }
    const answer = await this.#post(CUSTOMER_TOKEN, body, { authorization: agent }, customer, call)
    return answer.access_token
  }

  async #post<T extends z.ZodType>(
    route: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
    answer: T,
    call: CallContext,
  ): Promise<z.output<T>> {
    const request = { method: 'POST', route, path: route, headers, body } as const
    const response = await this.#upstream.send({ ...request, ...toRequestOptions(call) })
    if (response.status >= 400) throw new LiveChatError('accounts', response)
    const parsed = answer.safeParse(parseJson(response.text))
    if (parsed.success) return parsed.data
    throw new UnreadableResponse('an answer of another shape', { cause: parsed.error })
  }
}
