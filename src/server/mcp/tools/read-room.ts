import { readsConversations, type Tool } from './tool.ts'

/** Reads one room with a page of its messages. */
export const readRoom: Tool = {
  title: 'Read a room',
  description:
    'Reads one conversation: its visitor, agents, tags and state, and a page of its messages, oldest first, beginning with the newest page. `visibility: AGENTS` marks a note of agents that the visitor never sees. Usually costs two calls.',
  permission: 'READ',
  hints: readsConversations,
  argumentDescriptions: {
    last: 'Number of messages, 1 to 100. Small pages are cheaper; continue with `before`.',
    before: 'Returns the messages before this cursor: `pageInfo.startCursor` of the page after it.',
  },
  document: /* GraphQL */ `
    query read_room($roomId: ID!, $last: Int = 20, $before: String) {
      room(id: $roomId) {
        id
        provider { name }
        status
        visitor { name email phone }
        agents { name }
        department { id name }
        tags
        createdAt
        closedAt
        unansweredSince
        rating { score comment }
        messages(last: $last, before: $before) {
          nodes {
            id
            createdAt
            author { role name }
            visibility
            kind
            systemEvent
            state
            text
            attachments { name contentType size url externalUrl }
          }
          pageInfo { hasPreviousPage startCursor }
        }
      }
    }
  `,
}
