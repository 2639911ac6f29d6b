import { pageArguments, readsConversations, type Tool } from './tool.ts'

/** Searches rooms, closed ones included. */
export const searchRooms: Tool = {
  title: 'Search rooms',
  description:
    'Searches conversations by text, time, agent, department, tag and state, closed ones included, latest activity first. Only LiveChat searches by `text`, and only with `status: ["CLOSED"]`; a provider that cannot apply an argument is named in `errors`, and its rooms are missing. Costs one call or more per provider.',
  permission: 'READ',
  hints: readsConversations,
  argumentDescriptions: pageArguments,
  document: /* GraphQL */ `
    query search_rooms(
      $text: String
      $status: [RoomStatus!]
      $createdFrom: DateTime
      $createdTo: DateTime
      $closedFrom: DateTime
      $closedTo: DateTime
      $agentId: ID
      $departmentId: ID
      $tags: [String!]
      $providers: [String!]
      $first: Int = 20
      $after: String
    ) {
      rooms(
        filter: {
          text: $text
          status: $status
          createdFrom: $createdFrom
          createdTo: $createdTo
          closedFrom: $closedFrom
          closedTo: $closedTo
          agentId: $agentId
          departmentId: $departmentId
          tags: $tags
          providers: $providers
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
          closedAt
          lastActivityAt
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
}
