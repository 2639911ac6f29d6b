import { pageArguments, readsConversations, type Tool } from './tool.ts'

/** Lists the rooms that are not closed. */
export const listOpenRooms: Tool = {
  title: 'List open rooms',
  description:
    'Lists the conversations that are not closed, of all providers, latest activity first, each with its visitor, agents and last message. Use it to find work: `unassigned` for rooms without an agent, `unansweredSince` for visitors who wait. Costs one call or more per provider.',
  permission: 'READ',
  hints: readsConversations,
  argumentDescriptions: pageArguments,
  document: /* GraphQL */ `
    query list_open_rooms(
      $unassigned: Boolean
      $agentId: ID
      $departmentId: ID
      $tags: [String!]
      $providers: [String!]
      $status: [RoomStatus!] = [QUEUED, OPEN, ON_HOLD]
      $first: Int = 20
      $after: String
    ) {
      rooms(
        filter: {
          unassigned: $unassigned
          agentId: $agentId
          departmentId: $departmentId
          tags: $tags
          providers: $providers
          status: $status
        }
        first: $first
        after: $after
      ) {
        nodes {
          id
          provider { name }
          status
          visitor { name }
          agents { name }
          department { name }
          tags
          createdAt
          lastActivityAt
          unansweredSince
          queue { position since }
          lastMessage { createdAt author { role name } visibility text }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
}
