import { graphql } from '../../../generated/index.ts'

/** The list, with each room's identity and order only. */
export const RoomList =
  graphql(`query LivechatChatsRoomList($first: Int, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) {
    edges { cursor node { nativeId lastActivityAt } }
    pageInfo { hasNextPage endCursor }
  }
}`)

/** The list with a dashboard's fields. */
export const Dashboard = graphql(`query LivechatChatsDashboard($first: Int, $filter: RoomFilter) {
  rooms(first: $first, filter: $filter) {
    nodes {
      id nativeId status createdAt closedAt lastActivityAt tags
      visitor { nativeId name email avatarUrl role }
      agents { nativeId name email role }
      department { nativeId name online }
      lastMessage { nativeId text kind visibility author { name role } }
      capabilities { capability allowed reason }
    }
  }
}`)

/** Rooms with their newest messages. */
export const RoomsWithMessages = graphql(`query LivechatChatsRoomsWithMessages($rooms: Int, $messages: Int) {
  rooms(first: $rooms) {
    nodes { nativeId messages(last: $messages) { nodes { text author { name } } } }
  }
}`)

export const Room = graphql(`query LivechatChatsRoom($id: String!) {
  roomByNativeId(provider: "livechat", nativeId: $id) {
    id nativeId status createdAt closedAt lastActivityAt tags
    visitor { nativeId name email role }
    agents { nativeId name email role }
    department { nativeId name online }
    lastMessage { nativeId text visibility }
    capabilities { capability allowed reason }
  }
}`)

/** A filtered list, and how many match. */
export const CountedRooms =
  graphql(`query LivechatChatsCountedRooms($first: Int, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) {
    totalCount nodes { nativeId status } pageInfo { endCursor hasNextPage }
  }
}`)

/** The details of one room. */
export const RoomDetails = graphql(`query LivechatChatsRoomDetails($id: String!) {
  room: roomByNativeId(provider: "livechat", nativeId: $id) {
    status
    queue { position estimatedWaitMs since }
    closedBy { nativeId name role }
    firstResponseAt unansweredSince
    customFields { key value }
    visitor { nativeId phone seenUpTo customFields { key value } }
    agents { nativeId phone seenUpTo customFields { key value } }
  }
}`)

/** The details of rooms in a list. */
export const ListedRoomDetails = graphql(`query LivechatChatsListedRoomDetails($filter: RoomFilter) {
  rooms(filter: $filter) {
    nodes {
      nativeId status
      queue { position estimatedWaitMs since }
      closedBy { nativeId name role }
      firstResponseAt unansweredSince
      customFields { key value }
      visitor { nativeId phone seenUpTo customFields { key value } }
      agents { nativeId phone seenUpTo customFields { key value } }
    }
  }
}`)

export const Messages = graphql(`query LivechatChatsMessages(
  $id: String!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime
) {
  roomByNativeId(provider: "livechat", nativeId: $id) {
    messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {
      edges { cursor node { nativeId createdAt } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`)

/** Every field of the newest messages. */
export const WholeMessages = graphql(`query LivechatChatsWholeMessages($id: String!, $last: Int) {
  roomByNativeId(provider: "livechat", nativeId: $id) {
    id
    messages(last: $last) {
      nodes {
        id nativeId kind text visibility state createdAt editedAt
        author { nativeId name email avatarUrl role }
        attachments { url name contentType size }
        form { label answer } buttons { text url } systemEvent
        room { nativeId }
      }
      pageInfo { hasPreviousPage endCursor }
    }
  }
}`)

export const MessageNodes = graphql(`query LivechatChatsMessageNodes($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on Message { nativeId text author { name } } }
}`)

export const RoomNodes = graphql(`query LivechatChatsRoomNodes($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on Room { nativeId status } }
}`)

export const Send = graphql(`mutation LivechatChatsSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      message { id nativeId text createdAt visibility author { nativeId name role } room { status } }
    }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
    ... on RateLimitedError { retryAfterMs }
  }
}`)

export const Update = graphql(`mutation LivechatChatsUpdate($input: UpdateMessageInput!) {
  updateMessage(input: $input) { __typename ... on UserError { code detail } }
}`)

export const Delete = graphql(`mutation LivechatChatsDelete($input: DeleteMessageInput!) {
  deleteMessage(input: $input) {
    __typename ... on DeleteMessagePayload { messageId deletedAt } ... on UserError { code detail }
  }
}`)

export const Close = graphql(`mutation LivechatChatsClose($input: CloseRoomInput!) {
  closeRoom(input: $input) {
    __typename ... on CloseRoomPayload { room { nativeId status } } ... on UserError { code detail }
  }
}`)

export const Start = graphql(`mutation LivechatChatsStart($input: StartRoomInput!) {
  startRoom(input: $input) {
    __typename
    ... on StartRoomPayload {
      visitorToken renewalToken room { nativeId status visitor { name email } }
    }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const Renew = graphql(`mutation LivechatChatsRenew($input: RenewVisitorInput!) {
  renewVisitor(input: $input) {
    __typename
    ... on RenewVisitorPayload { visitorToken renewalToken }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
    ... on UnsupportedError { provider }
  }
}`)

export const Providers = graphql(`query LivechatChatsProviders {
  providers { name capabilities health { status reason } departments { id nativeId name online } }
}`)

export const Health = graphql(
  `query LivechatChatsHealth { providers { name health { status reason checkedAt } } }`,
)

export const Offline =
  graphql(`query LivechatChatsOffline($first: Int, $after: String, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, after: $after, filter: $filter) {
    totalCount
    nodes { id nativeId name email text rawText receivedAt receivedOn department { nativeId } }
    pageInfo { hasNextPage endCursor }
  }
}`)

export const OfflineNodes = graphql(`query LivechatChatsOfflineNodes($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on OfflineMessage { nativeId text } }
}`)

export const SendOffline = graphql(`mutation LivechatChatsSendOffline($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload { offlineMessage { delivery { state } } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const Events = graphql(`subscription LivechatChatsEvents($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename cursor
    ... on MessageAddedEvent { message { nativeId text visibility author { nativeId email } } }
    ... on MessageDeletedEvent { messageId }
  }
}`)
