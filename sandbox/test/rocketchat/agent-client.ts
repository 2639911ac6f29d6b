import type { RocketChatSandbox, RocketChatSandboxOptions } from '../../rocketchat/index.ts'
import type { Answer, Api } from './api-client.ts'
import { startSandboxWithRoom } from './start-sandbox.ts'

/** Calls as one user. */
export interface AgentApi {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body: Readonly<Record<string, unknown>>): Promise<Answer>
}

/** A sandbox with one agent in one visitor's room, and clients of the service account and of that agent. */
export async function startSandboxWithAgent(options: RocketChatSandboxOptions = {}): Promise<{
  sandbox: RocketChatSandbox
  api: Api
  access: { token: string; rid: string }
  rid: string
  agentId: string
  service: AgentApi
  agent: AgentApi
}> {
  const { sandbox, api, access, agentId } = await startSandboxWithRoom(options)
  const { userId, authToken } = sandbox.demo.serviceAccount
  const service = createAgentApi(api, { 'x-user-id': userId, 'x-auth-token': authToken })
  const agent = createAgentApi(api, sandbox.workspace.login(agentId))
  return { sandbox, api, access, rid: access.rid, agentId, service, agent }
}

/** The same client with login headers on every call. */
export function createAgentApi(api: Api, headers: Readonly<Record<string, string>>): AgentApi {
  return {
    get: (path, query) => api.get(path, query, headers),
    post: (path, body) => api.post(path, body, headers),
  }
}
