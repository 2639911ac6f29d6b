import type { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { VisitorTokenVerification } from '../../shared/visitor-token-verification.ts'
import { createRocketChatClient, type RocketChatRequest } from '../client.ts'
import { RocketChatError } from '../errors.ts'

/** The user whom the gateway acts as for operators: id and login token, or a personal access token. */
export interface ServiceAccount {
  readonly userId: string
  readonly authToken: string
}

/** A call with a login. `needs` names the permission that the documentation gives for it. */
export interface AgentRequest extends RocketChatRequest {
  readonly permission?: string
}

/** Sends as the service account. Throws what the plain client does, and ChatError for login and permissions. */
export interface AgentClient {
  send<T extends z.ZodType>(request: AgentRequest, answer: T, call: CallContext): Promise<z.output<T>>
  /** Why the account is of no use; null while nothing speaks against it. */
  readonly rejectionReason: string | null
}

const REFUSED = 'ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN are refused'

/** How the server says "not this user", in its releases and routes (docs/providers/rocketchat.md 0, 4.2). */
const LACKING = new Set([
  'error-unauthorized',
  'unauthorized',
  'forbidden',
  'not-allowed',
  'error-not-allowed',
  'error-forbidden',
])

/**
 * Speaks to the server as the service account (docs/providers/rocketchat.md 5); `provider` is the configured
 * name.
 */
export function createAgentClient(
  upstream: UpstreamClient,
  account: ServiceAccount,
  provider: string,
  { reader, tokens }: { readonly reader: ResponseReader; readonly tokens: VisitorTokenVerification },
): AgentClient {
  const headers = { 'x-user-id': account.userId, 'x-auth-token': account.authToken }
  const client = createRocketChatClient(upstream, reader, { headers, tokens })
  let refused: string | null = null

  const explain = (error: unknown, { permission: needs }: AgentRequest, { log }: CallContext): unknown => {
    if (!(error instanceof RocketChatError)) return error
    if (error.status === 401) {
      // Told once, until the account is accepted again: every call of every operator would tell it anew.
      if (refused === null) log.error({ provider }, REFUSED)
      refused = REFUSED
      return new ChatError('PROVIDER_ERROR', `${REFUSED}.`, { provider, cause: error })
    }
    refused = null
    if (needs === undefined || !LACKING.has(error.code)) return error
    const detail = `The service account lacks the permission ${needs}.`
    return new ChatError('FORBIDDEN', detail, { provider, cause: error })
  }

  return {
    get rejectionReason() {
      return refused
    },
    async send(request, answer, call) {
      try {
        const answered = await client.send(request, answer, call)
        refused = null
        return answered
      } catch (error) {
        throw explain(error, request, call)
      }
    },
  }
}
