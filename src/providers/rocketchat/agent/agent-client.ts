import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import type { ResponseFormat } from '../../shared/response-format.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { VisitorTokenVerification } from '../../shared/visitor-token-verification.ts'
import { createRocketChatClient, type RocketChatRequest } from '../client.ts'
import { RocketChatError } from '../errors.ts'
import { settingNames } from '../settings.ts'

/** Credential of the user that operators act as: user id and login token, or a personal access token. */
export interface ServiceAccount {
  readonly userId: string
  readonly authToken: string
}

/** A request with a login. */
export interface AgentRequest extends RocketChatRequest {
  /** Permission that the route requires (docs/providers/rocketchat.md 4.2, 4.3). */
  readonly permission?: string
}

/** Sends requests as the service account. */
export interface AgentClient {
  /** Throws what RocketChatClient throws, and ChatError for a rejected login or a missing permission. */
  send<T>(request: AgentRequest, format: ResponseFormat<T>, call: CallContext): Promise<T>
  /** The user that requests are sent as. */
  readonly userId: string
  /** Why the server rejects the service account; null unless the last response did. */
  readonly rejectionReason: string | null
}

const CREDENTIAL_SETTINGS = settingNames('userId', 'authToken')
const CREDENTIAL_REJECTED = `Rocket.Chat rejects ${CREDENTIAL_SETTINGS}.`

/** Codes for a missing permission, by release and route (docs/providers/rocketchat.md 0, 4.2). */
const missingPermissionCodes = new Set([
  'error-unauthorized',
  'unauthorized',
  'forbidden',
  'not-allowed',
  'error-not-allowed',
  'error-forbidden',
])

/**
 * Creates the client of the service account, which adds the login headers (docs/providers/rocketchat.md 5).
 * `provider` is the configured name.
 */
export function createAgentClient(
  upstream: UpstreamClient,
  account: ServiceAccount,
  provider: string,
  { reader, tokens }: { readonly reader: ResponseReader; readonly tokens: VisitorTokenVerification },
): AgentClient {
  const headers = { 'x-user-id': account.userId, 'x-auth-token': account.authToken }
  const client = createRocketChatClient(upstream, reader, { headers, tokens })
  let rejectionReason: string | null = null

  const translate = (error: unknown, { permission }: AgentRequest, { log }: CallContext): unknown => {
    if (!(error instanceof RocketChatError)) return error
    if (error.status === 401) {
      // Logged once until the server accepts the account again: otherwise every request would log it.
      if (rejectionReason === null)
        log.error({ provider, setting: CREDENTIAL_SETTINGS }, 'Rocket.Chat rejects the service account')
      rejectionReason = CREDENTIAL_REJECTED
      return new ChatError('PROVIDER_ERROR', CREDENTIAL_REJECTED, { provider, cause: error })
    }
    rejectionReason = null
    if (permission === undefined || !missingPermissionCodes.has(error.code)) return error
    const detail = `The service account lacks the permission ${permission}.`
    return new ChatError('FORBIDDEN', detail, { provider, cause: error })
  }

  return {
    userId: account.userId,
    get rejectionReason() {
      return rejectionReason
    },
    async send(request, format, call) {
      try {
        const response = await client.send(request, format, call)
        rejectionReason = null
        return response
      } catch (error) {
        throw translate(error, request, call)
      }
    },
  }
}
