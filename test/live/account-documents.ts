import { graphql } from '../generated/index.ts'

export const Events = graphql(`subscription LiveSourcesEvents($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent { message { nativeId text kind } }
    ... on MessageUpdatedEvent { message { nativeId text } }
    ... on MessageDeletedEvent { messageId }
    ... on GapEvent { reason from to }
  }
}`)

export const Activity = graphql(`subscription LiveSourcesActivity($providers: [String!]) {
  roomActivity(providers: $providers) { nativeId status provider { name } visitor { name } }
}`)

export const Sources = graphql(`query LiveSourcesSources($provider: String!, $nativeId: String!) {
  providers { name live { source latencyMs lagMs } }
  roomByNativeId(provider: $provider, nativeId: $nativeId) { live { source latencyMs lagMs } }
}`)

export const End = graphql(`query LiveSourcesEnd($provider: String!, $nativeId: String!) {
  roomByNativeId(provider: $provider, nativeId: $nativeId) {
    messages(last: 50) { nodes { nativeId } pageInfo { endCursor } }
  }
}`)

export const Send = graphql(`mutation LiveSourcesSend($room: ID!, $text: String!) {
  sendMessage(input: { roomId: $room, text: $text }) { __typename }
}`)

export const RoomStates = graphql(`subscription LiveSourcesRoomStates($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent { message { kind } }
    ... on RoomUpdatedEvent { room { status tags agents { nativeId } } }
    ... on GapEvent { reason from to }
  }
}`)

export const StatusOfAll = graphql(`subscription LiveSourcesStatusOfAll($room: ID!) {
  roomEvents(roomId: $room) { __typename room { status } }
}`)

export const Close = graphql(`mutation LiveSourcesClose($room: ID!) {
  closeRoom(input: { roomId: $room }) { __typename }
}`)

export const StatePage = graphql(`query LiveSourcesStatePage($provider: String!, $nativeId: String!) {
  roomByNativeId(provider: $provider, nativeId: $nativeId) {
    status
    messages(last: 50) { nodes { kind } pageInfo { endCursor } }
  }
}`)
