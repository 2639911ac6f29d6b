import { addsMessage, failureFragment, idempotencyArgument, type Tool } from './tool.ts'

/** Writes a note for agents. */
export const addNote: Tool = {
  title: 'Add a note',
  description:
    'Writes a note in a room that agents read and the visitor never receives. Rocket.Chat has no notes: the result is UNSUPPORTED there. Usually costs up to three calls.',
  permission: 'WRITE',
  hints: { ...addsMessage, openWorldHint: false },
  argumentDescriptions: idempotencyArgument,
  document: /* GraphQL */ `
    mutation add_note($roomId: ID!, $text: String!, $idempotencyKey: String) {
      sendMessage(
        input: { roomId: $roomId, text: $text, visibility: AGENTS, idempotencyKey: $idempotencyKey }
      ) {
        ... on SendMessagePayload { message { id createdAt visibility } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
