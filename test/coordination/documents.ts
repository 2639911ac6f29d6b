import { graphql } from '../generated/index.ts'

export const KeyedSend = graphql(`mutation IdempotencySend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload { message { id text } }
    ... on UserError { code detail }
  }
}`)

export const KeyedStart = graphql(`mutation IdempotencyStart($input: StartRoomInput!) {
  startRoom(input: $input) {
    __typename
    ... on StartRoomPayload { visitorToken room { id nativeId } }
    ... on UserError { code detail }
  }
}`)

export const Renewable = graphql(`mutation IdempotencyRenewable($input: StartRoomInput!) {
  startRoom(input: $input) { ... on StartRoomPayload { renewalToken room { nativeId } } }
}`)

export const Renew = graphql(`mutation IdempotencyRenew($input: RenewVisitorInput!) {
  renewVisitor(input: $input) { __typename ... on RenewVisitorPayload { visitorToken } ... on UserError { code } }
}`)

export const KeyedRoom = graphql(`query IdempotencyRoom($provider: String!, $id: String!) {
  roomByNativeId(provider: $provider, nativeId: $id) { id messages { nodes { text } } }
}`)

export const ReplicaLimitsAdded = graphql(`subscription ReplicaLimitsAdded($room: ID!) {
  messageAdded(roomId: $room) { text }
}`)

export const ReplicaLimitsPage = graphql(`query ReplicaLimitsPage($nativeId: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $nativeId) { messages(last: 7) { nodes { text } } }
}`)
