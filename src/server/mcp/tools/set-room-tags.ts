import { failureFragment, replacesState, type Tool } from './tool.ts'

/** Replaces the tags of a room. */
export const setRoomTags: Tool = {
  title: 'Set the tags of a room',
  description:
    'Replaces all tags of a room: send the tags to keep too, which `read_room` shows. LiveChat accepts only tags that the account has. Costs one call or more.',
  permission: 'WRITE',
  hints: replacesState,
  document: /* GraphQL */ `
    mutation set_room_tags($roomId: ID!, $tags: [String!]!) {
      setRoomTags(input: { roomId: $roomId, tags: $tags }) {
        ... on SetRoomTagsPayload { room { id } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
