import { graphql } from '../../../generated/index.ts'

export const MessageFields = graphql(`
  fragment RocketchatMessage on Message {
    id
    nativeId
    kind
    text
    state
    visibility
    createdAt
    editedAt
    author { nativeId name role }
    editedBy { nativeId role }
  }
`)

export const RoomFields = graphql(`
  fragment RocketchatRoom on Room {
    id
    nativeId
    status
    visitor { nativeId name role }
    agents { nativeId name role }
    tags
    createdAt
    closedAt
    lastActivityAt
    lastMessage { ...RocketchatMessage }
    capabilities { capability allowed reason }
  }
`)

export const Send = graphql(`
  mutation RocketchatSend($input: SendMessageInput!) {
    sendMessage(input: $input) {
      __typename
      ... on SendMessagePayload { message { ...RocketchatMessage } }
      ... on UserError { code detail }
      ... on InvalidInputError { field }
      ... on RateLimitedError { provider retryAfterMs }
    }
  }
`)

export const Update = graphql(`
  mutation RocketchatUpdate($input: UpdateMessageInput!) {
    updateMessage(input: $input) {
      __typename
      ... on UpdateMessagePayload { message { ...RocketchatMessage } }
      ... on UserError { code detail }
      ... on InvalidInputError { field }
      ... on RateLimitedError { provider retryAfterMs }
    }
  }
`)

export const Delete = graphql(`
  mutation RocketchatDelete($input: DeleteMessageInput!) {
    deleteMessage(input: $input) {
      __typename
      ... on DeleteMessagePayload { messageId deletedAt }
      ... on UserError { code detail }
      ... on RateLimitedError { provider retryAfterMs }
    }
  }
`)

export const Close = graphql(`
  mutation RocketchatClose($input: CloseRoomInput!) {
    closeRoom(input: $input) {
      __typename
      ... on CloseRoomPayload { room { ...RocketchatRoom } }
      ... on UserError { code detail }
      ... on RateLimitedError { provider retryAfterMs }
    }
  }
`)

export const Start = graphql(`
  mutation RocketchatStart($input: StartRoomInput!) {
    startRoom(input: $input) {
      __typename
      ... on StartRoomPayload { visitorToken room { ...RocketchatRoom department { id name } } }
      ... on UserError { code detail }
      ... on InvalidInputError { field }
      ... on RateLimitedError { provider retryAfterMs }
    }
  }
`)

export const Offline = graphql(`
  mutation RocketchatOffline($input: SendOfflineMessageInput!) {
    sendOfflineMessage(input: $input) {
      __typename
      ... on SendOfflineMessagePayload {
        offlineMessage {
          nativeId
          name
          email
          text
          rawText
          delivery { state attempts lastError }
        }
      }
      ... on UserError { code detail }
      ... on InvalidInputError { field }
      ... on RateLimitedError { provider retryAfterMs }
    }
  }
`)

export const RoomById = graphql(`
  query RocketchatRoomById($id: ID!) {
    room(id: $id) { ...RocketchatRoom }
  }
`)

export const RoomByNativeId = graphql(`
  query RocketchatRoomByNativeId($nativeId: String!) {
    roomByNativeId(provider: "rocketchat", nativeId: $nativeId) {
      id
      status
      messages { nodes { nativeId text } }
    }
  }
`)

export const History = graphql(`
  query RocketchatHistory(
    $id: ID!
    $first: Int
    $after: String
    $last: Int
    $before: String
    $since: DateTime
    $until: DateTime
  ) {
    room(id: $id) {
      messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {
        edges { cursor }
        nodes { ...RocketchatMessage }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`)

export const NodeById = graphql(`
  query RocketchatNode($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Room { status }
      ... on Message { text state }
      ... on Department { name online }
    }
  }
`)

export const NodesByIds = graphql(`
  query RocketchatNodes($ids: [ID!]!) {
    nodes(ids: $ids) { __typename id ... on Message { text } }
  }
`)

export const Departments = graphql(`
  query RocketchatDepartments($provider: ID!) {
    node(id: $provider) { ... on Provider { name departments { id nativeId name online } } }
  }
`)

export const RoomStatus = graphql(`
  query RocketchatRoomStatus($id: ID!) {
    room(id: $id) { id status }
  }
`)

export const RoomAndDepartments = graphql(`
  query RocketchatRoomAndDepartments($id: ID!, $provider: ID!) {
    room(id: $id) { id status }
    node(id: $provider) { ... on Provider { departments { name } } }
  }
`)
