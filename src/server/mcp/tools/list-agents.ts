import { readsFacts, type Tool } from './tool.ts'

/** Lists the agents of the accounts. */
export const listAgents: Tool = {
  title: 'List agents',
  description:
    'Lists the agents of all providers with their ids, whether they accept chats, and how many rooms they serve. Use it to find the `agentId` for `assign_room`. Costs one call or more per provider.',
  permission: 'READ',
  hints: readsFacts,
  document: /* GraphQL */ `
    query list_agents($acceptingChats: Boolean, $departmentId: ID, $providers: [String!]) {
      agents(
        filter: { acceptingChats: $acceptingChats, departmentId: $departmentId, providers: $providers }
      ) {
        id
        provider { name }
        name
        acceptingChats
        activeRooms
        maxRooms
      }
    }
  `,
}
