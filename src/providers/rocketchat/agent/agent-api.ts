import type { UpstreamClient } from '../../../upstream/client.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { VisitorTokenVerification } from '../../shared/visitor-token-verification.ts'
import type { ProviderOrigin } from '../map.ts'
import type { AgentResources } from '../room-api.ts'
import type { VisitorRooms } from '../visitor/visitor-rooms.ts'
import { createAgentClient, type ServiceAccount } from './agent-client.ts'
import { AgentDepartments } from './agent-departments.ts'
import { AgentHistory } from './agent-history.ts'
import { AgentMessages } from './agent-messages.ts'
import { AgentNames } from './agent-names.ts'
import { AgentRooms } from './agent-rooms.ts'

/** The service account: rooms and messages, departments, and whether the server still knows it. */
export interface AgentApi extends AgentResources {
  readonly departments: AgentDepartments
  /** Why the account is of no use; null while nothing speaks against it. */
  readonly rejectionReason: () => string | null
}

/** Puts the agent's side of one server together; `visitors` reads the histories. */
export function createAgentApi(
  upstream: UpstreamClient,
  account: ServiceAccount,
  origin: ProviderOrigin,
  visitors: VisitorRooms,
  reading: { readonly reader: ResponseReader; readonly tokens: VisitorTokenVerification },
): AgentApi {
  const client = createAgentClient(upstream, account, origin.provider, reading)
  const departments = new AgentDepartments(client, origin.provider)
  const names = new AgentNames(client, origin.provider)
  const rooms = new AgentRooms(client, origin, names, departments)
  return {
    rooms,
    departments,
    history: new AgentHistory(client, rooms, visitors),
    messages: new AgentMessages(client, rooms, origin.provider),
    rejectionReason: () => client.rejectionReason,
  }
}
