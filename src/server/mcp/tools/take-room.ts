import { failureFragment, replacesState, type Tool } from './tool.ts'

/** Makes the caller’s agent serve a room. */
export const takeRoom: Tool = {
  title: 'Take a room',
  description:
    'Makes the operator’s own agent serve a room. If another agent serves it, the result is CONFLICT; `assign_room` reassigns it. Usually costs up to four calls.',
  permission: 'WRITE',
  hints: { ...replacesState, destructiveHint: false },
  document: /* GraphQL */ `
    mutation take_room($roomId: ID!) {
      takeRoom(input: { roomId: $roomId }) {
        ... on TakeRoomPayload { room { id } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
