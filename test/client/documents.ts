import { graphql } from '../generated/index.ts'

/** A page of a room, as an application selects it for a timeline of its own. */
export const Page = graphql(`
  query ClientTestPage($roomId: ID!, $before: String) {
    room(id: $roomId) {
      id
      tags
      visitor { name customFields { key value } }
      messages(last: 2, before: $before) {
        nodes { id text createdAt }
        pageInfo { startCursor endCursor hasPreviousPage }
      }
    }
  }
`)

/** The events of that room. */
export const Events = graphql(`
  subscription ClientTestEvents($roomId: ID!, $after: String) {
    roomEvents(roomId: $roomId, after: $after) {
      __typename
      cursor
      ... on MessageAddedEvent { message { id text createdAt } }
      ... on MessageUpdatedEvent { message { id text createdAt } }
      ... on MessageDeletedEvent { messageId }
      ... on RoomUpdatedEvent { room { tags } }
      ... on GapEvent { reason from }
    }
  }
`)

/** New activity in any room. */
export const Activity = graphql(`subscription ClientTestActivity { roomActivity { id } }`)
