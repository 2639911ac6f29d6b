import { graphql } from '../generated/index.ts'

/** Events of a room. */
export const Events = graphql(`subscription ProcessEvents($id: ID!) {
  roomEvents(roomId: $id) { __typename ... on MessageAddedEvent { message { text } } }
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

/** The object with this id. */
export const AnyNode = graphql(`query ProcessAnyNode($id: ID!) { node(id: $id) { id } }`)
