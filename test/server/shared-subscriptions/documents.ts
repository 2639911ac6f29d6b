import { graphql } from '../../generated/index.ts'

export const Events = graphql(`subscription FanoutEvents($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent { message { nativeId text } }
    ... on GapEvent { reason from to }
  }
}`)

export const Messages = graphql(`subscription FanoutMessages($room: ID!, $after: String) {
  messageAdded(roomId: $room, after: $after) { nativeId text }
}`)

/** Each event causes a request for the room. */
export const Statuses = graphql(`subscription FanoutStatuses($room: ID!) {
  messageAdded(roomId: $room) { text room { status } }
}`)

/** Each message costs a request for the room. */
export const EventStatuses = graphql(`subscription FanoutEventStatuses($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    cursor
    ... on MessageAddedEvent { message { text } room { status } }
  }
}`)

export const Notes = graphql(`subscription FanoutNotes($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    ... on MessageAddedEvent { message { text visibility } }
    ... on MessageUpdatedEvent { message { text } }
    ... on MessageDeletedEvent { messageId }
  }
}`)

/** What the caller may do, which depends on the agent that it writes as. */
export const OwnCapabilities = graphql(`subscription FanoutOwnCapabilities($room: ID!) {
  messageAdded(roomId: $room) { text room { capabilities { capability allowed reason } } }
}`)
