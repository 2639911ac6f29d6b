import { graphql } from '../../generated/index.ts'

/** A page of a LiveChat room, and all fields of the room that a note could change. */
export const Page = graphql(`query IsolationPage(
  $id: ID!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime
) {
  room(id: $id) {
    id nativeId status createdAt closedAt lastActivityAt tags
    agents { name } lastMessage { id text visibility }
    messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {
      edges { cursor node { id nativeId text visibility createdAt } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`)

export const One = graphql(`query IsolationOne($id: ID!) { node(id: $id) { id ... on Message { text } } }`)

export const Many = graphql(`query IsolationMany($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on Message { text } }
}`)

export const Remove = graphql(`mutation IsolationRemove($id: ID!) {
  deleteMessage(input: { messageId: $id }) { __typename ... on UserError { code detail } }
}`)

export const Events = graphql(`subscription IsolationEvents($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename cursor room { lastActivityAt lastMessage { text } }
    ... on MessageAddedEvent { message { text } }
    ... on MessageUpdatedEvent { message { text } }
    ... on MessageDeletedEvent { messageId }
  }
}`)

export const Added = graphql(`subscription IsolationAdded($id: ID!, $after: String) {
  messageAdded(roomId: $id, after: $after) { text visibility }
}`)
