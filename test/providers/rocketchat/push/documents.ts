import { graphql } from '../../../generated/index.ts'

export const Watch = graphql(`subscription PushedRoomWatch($room: ID!) {
  roomEvents(roomId: $room) { cursor ... on MessageAddedEvent { message { text } } }
}`)

export const Send = graphql(`mutation PushedRoomSend($room: ID!, $text: String!) {
  sendMessage(input: { roomId: $room, text: $text }) { __typename ... on UserError { code } }
}`)
