import { failureFragment, replacesState, type Tool } from './tool.ts'

/** Closes a room. */
export const closeRoom: Tool = {
  title: 'Close a room',
  description:
    'Closes a room: the conversation ends for its visitor. A closed room is ROOM_CLOSED. Usually costs one call, and one per tag at LiveChat.',
  permission: 'WRITE',
  hints: { ...replacesState, openWorldHint: true },
  document: /* GraphQL */ `
    mutation close_room($roomId: ID!, $comment: String, $tags: [String!]) {
      closeRoom(input: { roomId: $roomId, comment: $comment, tags: $tags }) {
        ... on CloseRoomPayload { room { id } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
