import type { CallContext } from '../../../domain/adapter.ts'
import type { AgentClient } from './agent-client.ts'
import { agentListResponse, type WireAgent } from './agent-wire.ts'
import { PAGE_SIZE, readAllRows } from './offset-pages.ts'

/** Either of these permissions of the server is enough. */
const PERMISSION = 'transfer-livechat-guest or edit-omnichannel-contact'

/** Reads all agents. No route returns agents by their ids (docs/providers/rocketchat.md 4.3). */
export function readAgents(client: AgentClient, call: CallContext): Promise<readonly WireAgent[]> {
  return readAllRows((offset) => {
    const query = { count: PAGE_SIZE, offset }
    const route = '/api/v1/livechat/users/agent'
    return client.send({ method: 'GET', route, query, permission: PERMISSION }, agentListResponse, call)
  })
}
