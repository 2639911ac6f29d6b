import type { Logger } from 'pino'
import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import type { ResponseFormat } from '../../shared/response-format.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { VisitorTokenVerification } from '../../shared/visitor-token-verification.ts'
import { createRocketChatClient, type RocketChatRequest } from '../client.ts'
import { RocketChatError } from '../errors.ts'

/** A user of the server: its id and a login token, or a personal access token. */
export interface Login {
  readonly userId: string
  readonly authToken: string
}

/** Names of a login in errors and log lines. */
export interface LoginNames {
  /** The configured name of the server. */
  readonly provider: string
  /** Names the credential in the configuration. */
  readonly setting: string
  /** Whether it is the agent of one operator, not the service account. */
  readonly isOwnAgent: boolean
}

/** A request with a login. */
export interface AgentRequest extends RocketChatRequest {
  /** Permission that the route requires (docs/providers/rocketchat.md 4.2, 4.3). */
  readonly permission?: string
  /** Another permission that it can require, by the code that its lack is answered with. */
  readonly permissionByCode?: ReadonlyMap<string, string>
}

/** Sends requests with one login. */
export interface LoginClient {
  /** Throws what RocketChatClient throws, and ChatError for a rejected login or a missing permission. */
  send<T>(request: AgentRequest, format: ResponseFormat<T>, call: CallContext): Promise<T>
  /** Why the server rejects the login; null unless the last response did. */
  readonly rejectionReason: string | null
}

/** Codes for a missing permission, by release and route (docs/providers/rocketchat.md 0, 4.2). */
const missingPermissionCodes = new Set([
  'error-unauthorized',
  'unauthorized',
  'forbidden',
  'not-allowed',
  'error-not-allowed',
  'error-forbidden',
])

const SERVICE_ACCOUNT_REJECTED = 'Rocket.Chat rejects the service account'
const OWN_AGENT_REJECTED = 'Rocket.Chat rejects the agent of an operator'

/** Creates the client of a login, which adds its headers (docs/providers/rocketchat.md 5). */
export function createLoginClient(
  upstream: UpstreamClient,
  { userId, authToken }: Login,
  { provider, setting, isOwnAgent }: LoginNames,
  { reader, tokens }: { readonly reader: ResponseReader; readonly tokens: VisitorTokenVerification },
): LoginClient {
  const headers = { 'x-user-id': userId, 'x-auth-token': authToken }
  const client = createRocketChatClient(upstream, reader, { headers, tokens })
  const rejected = `Rocket.Chat rejects ${setting}.`
  let rejectionReason: string | null = null

  const reject = (log: Logger) => {
    // Logged once until the server accepts the login again: otherwise every request would log it.
    if (rejectionReason === null)
      log.error({ provider, setting }, isOwnAgent ? OWN_AGENT_REJECTED : SERVICE_ACCOUNT_REJECTED)
    rejectionReason = rejected
  }

  const translate = (error: unknown, request: AgentRequest, { log }: CallContext): unknown => {
    if (!(error instanceof RocketChatError)) return error
    if (error.status === 401) {
      reject(log)
      return new ChatError('PROVIDER_ERROR', rejected, { provider, cause: error })
    }
    rejectionReason = null
    const permission = missingPermissionOf(request, error)
    if (permission === undefined) return error
    const user = isOwnAgent ? `The agent ${setting}` : 'The service account'
    const detail = `${user} lacks the permission ${permission}.`
    return new ChatError('FORBIDDEN', detail, { provider, cause: error })
  }

  return {
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

function missingPermissionOf(request: AgentRequest, { code }: RocketChatError): string | undefined {
  return (
    request.permissionByCode?.get(code) ?? (missingPermissionCodes.has(code) ? request.permission : undefined)
  )
}
