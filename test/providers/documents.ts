import { graphql } from '../generated/index.ts'

/** A page of a room's messages, as the client sizes it. */
export const Sized = graphql(`query ProvidersSized($id: ID!, $first: Int, $last: Int) {
  room(id: $id) { messages(first: $first, last: $last) { nodes { id } } }
}`)

/** A page by its cursors. */
export const ByCursor = graphql(`query ProvidersByCursor($id: ID!, $after: String, $before: String) {
  room(id: $id) { messages(after: $after, before: $before) { nodes { text } pageInfo { endCursor } } }
}`)

/** Whatever an id names. */
export const Hostile = graphql(`query ProvidersHostile($id: ID!) { node(id: $id) { id } }`)

/** What happens in a room. */
export const Happening = graphql(`subscription ProvidersHappening($id: ID!) {
  roomEvents(roomId: $id) {
    __typename ... on MessageAddedEvent { message { text } } ... on MessageDeletedEvent { messageId }
  }
}`)
