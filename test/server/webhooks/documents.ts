import { graphql } from '../../generated/index.ts'

export const Events = graphql(`subscription WebhooksEvents($room: ID!) {
  roomEvents(roomId: $room) {
    __typename
    ... on MessageAddedEvent { message { text } }
    ... on MessageUpdatedEvent { message { text } }
    ... on RoomUpdatedEvent { room { status } }
  }
}`)
