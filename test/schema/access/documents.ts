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

/** Writes a note, or any other message. */
export const Write = graphql(`mutation IsolationWrite($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload { message { id nativeId text visibility } }
    ... on UserError { code detail }
  }
}`)

export const Edit = graphql(`mutation IsolationEdit($id: ID!) {
  updateMessage(input: { messageId: $id, text: "changed" }) { __typename ... on UserError { code detail } }
}`)

/** Writes of a visitor whose payloads show the room. */
export const Rate = graphql(`mutation IsolationRate($id: ID!) {
  rateRoom(input: { roomId: $id, score: 5 }) {
    ... on RateRoomPayload {
      room { status lastActivityAt lastMessage { text } messages(last: 3) { nodes { text } pageInfo { hasPreviousPage } } }
    }
    ... on UserError { code detail }
  }
}`)

/** Everything that a visitor can read of a room, with objects by their ids. */
export const Everything = graphql(`query IsolationEverything($id: ID!, $nativeId: String!, $ids: [ID!]!) {
  viewer { role rooms { id lastActivityAt lastMessage { text } } }
  room(id: $id) { ...IsolationRoom }
  roomByNativeId(provider: "livechat", nativeId: $nativeId) { ...IsolationRoom }
  node(id: $id) { ...IsolationRoom }
  nodes(ids: $ids) { id ... on Message { text room { lastMessage { text } } } }
}
fragment IsolationRoom on Room {
  id status visitor { name } agents { nativeId name } department { id } tags createdAt closedAt lastActivityAt
  rating { score } lastMessage { id text visibility } capabilities { capability allowed }
  newest: messages(last: 5) {
    edges { cursor node { id text visibility } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
  oldest: messages(first: 5) {
    edges { cursor node { id text visibility } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`)
