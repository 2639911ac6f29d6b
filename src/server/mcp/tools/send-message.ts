import { addsMessage, failureFragment, idempotencyArgument, type Tool } from './tool.ts'

/** Sends a message to a room. */
export const sendMessage: Tool = {
  title: 'Send a message',
  description:
    'Sends a message to the visitor of a room, as the operator’s agent. The visitor reads it at once; it cannot be taken back for certain. At LiveChat a message resumes a closed conversation; at Rocket.Chat a closed room is ROOM_CLOSED. Use `add_note` for texts that only agents may read. Usually costs up to three calls.',
  permission: 'WRITE',
  hints: addsMessage,
  argumentDescriptions: idempotencyArgument,
  document: /* GraphQL */ `
    mutation send_message($roomId: ID!, $text: String!, $idempotencyKey: String) {
      sendMessage(
        input: { roomId: $roomId, text: $text, visibility: EVERYONE, idempotencyKey: $idempotencyKey }
      ) {
        ... on SendMessagePayload { message { id createdAt visibility } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
