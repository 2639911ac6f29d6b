import { failureFragment, replacesState, type Tool } from './tool.ts'

/** Transfers a room to a department. */
export const transferRoom: Tool = {
  title: 'Transfer a room',
  description:
    'Transfers a room to a department, which assigns one of its agents or queues the room. `list_providers` has the ids. If no agent there can take the room, the result is CONFLICT. Usually costs up to three calls.',
  permission: 'WRITE',
  hints: replacesState,
  document: /* GraphQL */ `
    mutation transfer_room($roomId: ID!, $departmentId: ID!, $comment: String) {
      transferRoom(input: { roomId: $roomId, departmentId: $departmentId, comment: $comment }) {
        ... on TransferRoomPayload { room { id } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
