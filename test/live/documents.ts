import { graphql } from '../generated/index.ts'

export const Page = graphql(`query LivePage($rid: String!, $first: Int, $after: String, $last: Int) {
  roomByNativeId(provider: "rocketchat", nativeId: $rid) {
    id
    messages(first: $first, after: $after, last: $last) {
      edges { cursor }
      nodes { nativeId }
      pageInfo { endCursor }
    }
  }
}`)

export const Events = graphql(`subscription LiveEvents($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent { message { nativeId text kind } }
    ... on MessageUpdatedEvent { message { nativeId text } }
    ... on MessageDeletedEvent { messageId }
    ... on GapEvent { reason from to }
  }
}`)

export const Messages = graphql(`subscription LiveMessages($room: ID!, $after: String) {
  messageAdded(roomId: $room, after: $after) { nativeId text kind }
}`)

export const Statuses = graphql(`subscription LiveStatuses($room: ID!) {
  roomEvents(roomId: $room) { __typename room { status } }
}`)

export const Send = graphql(`mutation LiveSend($room: ID!, $text: String!) {
  sendMessage(input: { roomId: $room, text: $text }) {
    ... on SendMessagePayload { message { nativeId } }
    ... on UserError { code detail }
  }
}`)
