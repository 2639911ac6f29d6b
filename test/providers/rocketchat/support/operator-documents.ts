import { graphql } from '../../../generated/index.ts'

/** Rooms with the fields that a dashboard shows. */
export const Inbox = graphql(`query RocketchatAgentInbox($first: Int!, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) {
    nodes {
      id nativeId status tags createdAt closedAt lastActivityAt
      visitor { nativeId name role } agents { nativeId name role } department { id name online }
      lastMessage { text author { name role } }
    }
    pageInfo { endCursor hasNextPage }
  }
}`)

/** Only the ids of rooms, which cost the list alone. */
export const RoomIds =
  graphql(`query RocketchatAgentRoomIds($first: Int!, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) { nodes { nativeId } pageInfo { endCursor hasNextPage } }
}`)

/** Rooms with their newest messages. */
export const Boards = graphql(`query RocketchatAgentBoards($first: Int!, $last: Int!) {
  rooms(first: $first) { nodes { messages(last: $last) { nodes { text } } } }
}`)

export const OneRoom = graphql(`query RocketchatAgentRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) {
    id status visitor { nativeId name } agents { name } department { name }
    capabilities { capability allowed reason }
  }
}`)

/** A filtered list, and how many match. */
export const CountedRooms =
  graphql(`query RocketchatAgentCountedRooms($first: Int, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) {
    totalCount nodes { nativeId status } pageInfo { endCursor hasNextPage }
  }
}`)

/** The details of one room's visitor. */
export const VisitorOfRoom = graphql(`query RocketchatAgentVisitorOfRoom($id: String!) {
  room: roomByNativeId(provider: "rocketchat", nativeId: $id) { visitor { name email phone customFields { key value } } }
}`)

/** The details of one room. */
export const RoomDetails = graphql(`query RocketchatAgentRoomDetails($id: String!) {
  room: roomByNativeId(provider: "rocketchat", nativeId: $id) {
    status
    queue { position estimatedWaitMs since }
    closedBy { nativeId name role }
    firstResponseAt unansweredSince
    customFields { key value }
    visitor { nativeId seenUpTo }
    agents { nativeId phone seenUpTo customFields { key value } }
  }
}`)

/** The details of rooms in a list. */
export const ListedRoomDetails = graphql(`query RocketchatAgentListedRoomDetails($filter: RoomFilter) {
  rooms(filter: $filter) {
    nodes {
      nativeId status
      queue { position estimatedWaitMs since }
      closedBy { nativeId name role }
      firstResponseAt unansweredSince
      customFields { key value }
      visitor { nativeId seenUpTo }
      agents { nativeId phone seenUpTo customFields { key value } }
    }
  }
}`)

export const Messages =
  graphql(`query RocketchatAgentMessages($id: String!, $last: Int, $first: Int, $after: String, $before: String) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) {
    messages(last: $last, first: $first, after: $after, before: $before) {
      nodes {
        id nativeId kind state text author { nativeId name role } editedBy { name }
        form { label answer } buttons { text url } systemEvent
      }
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    }
  }
}`)

export const ManyNodes = graphql(`query RocketchatAgentNodes($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on Room { status } ... on Message { text author { role } } ... on Department { name } }
}`)

export const Health = graphql(`query RocketchatAgentHealth {
  providers { capabilities health { status reason } }
}`)

export const Departments = graphql(`query RocketchatAgentDepartments {
  providers { departments { id name online } }
}`)

export const Send = graphql(`mutation RocketchatAgentSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload { message { id nativeId text author { nativeId name role } } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const Update = graphql(`mutation RocketchatAgentUpdate($input: UpdateMessageInput!) {
  updateMessage(input: $input) {
    ... on UpdateMessagePayload { message { id text state editedBy { name } author { role } } }
    ... on UserError { code detail }
  }
}`)

export const Delete = graphql(`mutation RocketchatAgentDelete($input: DeleteMessageInput!) {
  deleteMessage(input: $input) { ... on DeleteMessagePayload { messageId deletedAt } ... on UserError { code detail } }
}`)

export const Close = graphql(`mutation RocketchatAgentClose($input: CloseRoomInput!) {
  closeRoom(input: $input) {
    ... on CloseRoomPayload { room { id status closedAt } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const Events = graphql(`subscription RocketchatAgentEvents($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename
    room { id }
    ... on MessageAddedEvent { message { text kind author { name role } } }
    ... on MessageUpdatedEvent { message { text state } }
    ... on MessageDeletedEvent { messageId }
  }
}`)
