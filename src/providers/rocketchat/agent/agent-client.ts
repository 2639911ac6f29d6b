import type { CallContext } from '../../../domain/adapter.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import type { AgentCredentials } from '../../definition.ts'
import { createForOwnAgents, findOwn } from '../../shared/operator-agents.ts'
import type { ResponseFormat } from '../../shared/response-format.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { VisitorTokenVerification } from '../../shared/visitor-token-verification.ts'
import { settingNames } from '../settings.ts'
import { type AgentRequest, createLoginClient, type Login } from './login-client.ts'

/** Sends requests of operators. */
export interface AgentClient {
  /**
   * Sends a GET as the service account, so that all operators share reads, and any other request as the caller's own agent,
   * else as the service account. Throws what LoginClient throws.
   */
  send<T>(request: AgentRequest, format: ResponseFormat<T>, call: CallContext): Promise<T>
  /** Id of the user that the caller's writes appear as. */
  ownUserId(call: Pick<CallContext, 'caller'>): string
  /** Why the server rejects the service account; null unless its last response did. */
  readonly rejectionReason: string | null
}

/** The users of one server whose logins are configured. */
export interface AgentLogins {
  readonly serviceAccount: Login
  readonly agentCredentials: AgentCredentials
}

/** Creates the client of the configured users. `provider` is the configured name. */
export function createAgentClient(
  upstream: UpstreamClient,
  { serviceAccount, agentCredentials }: AgentLogins,
  provider: string,
  parts: { readonly reader: ResponseReader; readonly tokens: VisitorTokenVerification },
): AgentClient {
  const setting = settingNames('userId', 'authToken')
  const names = { provider, setting, isOwnAgent: false }
  const service = createLoginClient(upstream, serviceAccount, names, parts)
  const ownAgents = createForOwnAgents(agentCredentials, provider, ({ agentId, token }, setting) => {
    const login = { userId: agentId, authToken: token }
    return createLoginClient(upstream, login, { provider, setting, isOwnAgent: true }, parts)
  })
  return {
    get rejectionReason() {
      return service.rejectionReason
    },
    ownUserId: (call) => findOwn(agentCredentials, call)?.agentId ?? serviceAccount.userId,
    send(request, format, call) {
      const login = request.method === 'GET' ? service : (findOwn(ownAgents, call) ?? service)
      return login.send(request, format, call)
    },
  }
}
