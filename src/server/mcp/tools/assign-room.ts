import { failureFragment, replacesState, type Tool } from './tool.ts'

/** Assigns a room to an agent. */
export const assignRoom: Tool = {
  title: 'Assign a room',
  description:
    'Assigns a room to an agent, in place of any agent that serves it now. `list_agents` has the ids. An agent that is not available is a CONFLICT. Usually costs up to four calls.',
  permission: 'WRITE',
  hints: replacesState,
  document: /* GraphQL */ `
    mutation assign_room($roomId: ID!, $agentId: ID!, $comment: String) {
      assignRoom(input: { roomId: $roomId, agentId: $agentId, comment: $comment }) {
        ... on AssignRoomPayload { room { id } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
