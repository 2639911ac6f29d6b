import { graphql } from '../generated/index.ts'

/** Events of a room. */
export const Events = graphql(`subscription ProcessEvents($id: ID!) {
  roomEvents(roomId: $id) { __typename ... on MessageAddedEvent { message { text } } }
}`)

/** Events of a room with their cursors, after a cursor. */
export const EventsAfter = graphql(`subscription ProcessEventsAfter($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename cursor ... on MessageAddedEvent { message { text } } ... on GapEvent { reason }
  }
}`)

/** The end of a room's newest page. */
export const PageEnd = graphql(`query ProcessPageEnd($id: ID!) {
  room(id: $id) { messages(last: 1) { pageInfo { endCursor } } }
}`)

/** Starts a room. */
export const Start = graphql(`mutation ProcessStart($input: StartRoomInput!) {
  startRoom(input: $input) { __typename ... on UserError { code } }
}`)

/** Sends a message. */
export const Say = graphql(`mutation ProcessSay($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on UserError { code } }
}`)

/** A room by its native id. */
export const Room = graphql(`query ProcessRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) { id messages(last: 2) { nodes { text } } }
}`)

/** The operators' list of offline messages. */
export const Inbox = graphql(`query ProcessInbox { offlineMessages(first: 2) { nodes { id text } } }`)

/** Sends an offline message. */
export const Leave = graphql(`mutation ProcessLeave($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) { __typename ... on UserError { code } }
}`)

/** The rooms of all accounts. */
export const MergedRooms = graphql(`query ProcessMergedRooms {
  rooms(first: 20) { nodes { nativeId provider { name } } }
}`)

/** The accounts and their health. */
export const Accounts = graphql(`query ProcessAccounts { providers { name kind health { status reason } } }`)

/** The operator's own agents, and the rooms that wait for one. */
export const Work = graphql(`query ProcessWork {
  viewer { agents { id provider { name } } }
  rooms(first: 20, filter: { providers: ["rocketchat"], status: [QUEUED] }) { nodes { id } }
}`)

/** Makes an agent accept rooms. */
export const StartWork = graphql(`mutation ProcessStartWork($input: SetAgentStatusInput!) {
  setAgentStatus(input: $input) {
    ... on SetAgentStatusPayload { agent { acceptingChats } }
    ... on UserError { code detail }
  }
}`)

/** Takes a room. */
export const Take = graphql(`mutation ProcessTake($input: TakeRoomInput!) {
  takeRoom(input: $input) {
    ... on TakeRoomPayload { room { status agents { name } } }
    ... on UserError { code detail }
  }
}`)

/** The object with this id. */
export const AnyNode = graphql(`query ProcessAnyNode($id: ID!) { node(id: $id) { id } }`)
