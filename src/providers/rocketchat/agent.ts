import type { Upstream } from '../../upstream/client.ts'
import type { AnswerReader } from '../answer-reader.ts'
import type { VisitorTokens } from '../visitor-tokens.ts'
import { createAgentClient, type ServiceAccount } from './agent-client.ts'
import { AgentDepartments } from './agent-departments.ts'
import { AgentHistory } from './agent-history.ts'
import { AgentMessages } from './agent-messages.ts'
import { AgentNames } from './agent-names.ts'
import { AgentRooms } from './agent-rooms.ts'
import type { Origin } from './map.ts'
import type { AgentAccess } from './side.ts'
import type { VisitorRooms } from './visitor.ts'

/** The service account: rooms and messages, departments, and whether the server still knows it. */
export interface Agent extends AgentAccess {
  readonly departments: AgentDepartments
  /** Why the account is of no use; null while nothing speaks against it. */
  readonly refused: () => string | null
}

/** Puts the agent's side of one server together; `visitors` reads the histories. */
export function createAgent(
  upstream: Upstream,
  account: ServiceAccount,
  origin: Origin,
  visitors: VisitorRooms,
  reading: { readonly reader: AnswerReader; readonly tokens: VisitorTokens },
): Agent {
  const client = createAgentClient(upstream, account, origin.provider, reading)
  const departments = new AgentDepartments(client, origin.provider)
  const names = new AgentNames(client, origin.provider)
  const rooms = new AgentRooms(client, origin, names, departments)
  return {
    rooms,
    departments,
    history: new AgentHistory(client, rooms, visitors),
    messages: new AgentMessages(client, rooms, origin.provider),
    refused: () => client.refused,
  }
}
