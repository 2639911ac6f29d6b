import { graphql } from '../../generated/index.ts'

export const Page = graphql(`query HistoryPage($provider: String!, $room: String!, $last: Int!) {
  roomByNativeId(provider: $provider, nativeId: $room) {
    id
    status
    agents { nativeId }
    tags
    messages(last: $last) {
      nodes { nativeId text kind state visibility }
      pageInfo { endCursor }
    }
  }
}`)

export const Events = graphql(`subscription HistoryEvents($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    room { id }
    ... on MessageAddedEvent { message { id nativeId text kind visibility } }
    ... on MessageUpdatedEvent { message { id nativeId text kind visibility } }
    ... on MessageDeletedEvent { messageId }
    ... on RoomUpdatedEvent { room { id status agents { nativeId } tags } }
    ... on GapEvent { reason from to }
  }
}`)

export const Added = graphql(`subscription HistoryMessages($room: ID!, $after: String) {
  messageAdded(roomId: $room, after: $after) { id nativeId text kind visibility }
}`)

export const Send = graphql(`mutation HistorySend($room: ID!, $text: String!) {
  sendMessage(input: { roomId: $room, text: $text }) { __typename }
}`)

export const Activity = graphql(`subscription HistoryActivity {
  roomActivity { id }
}`)

export const OfflineAdded = graphql(`subscription HistoryOfflineAdded {
  offlineMessageAdded { text }
}`)

export const LeaveOffline = graphql(`mutation HistoryLeaveOffline($provider: String!, $text: String!) {
  sendOfflineMessage(input: { provider: $provider, name: "Visitor", email: "mail@visitor.test", text: $text }) { __typename }
}`)
