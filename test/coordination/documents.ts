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

export const KeyedRoom = graphql(`query IdempotencyRoom($provider: String!, $id: String!) {
  roomByNativeId(provider: $provider, nativeId: $id) { id messages { nodes { text } } }
}`)
