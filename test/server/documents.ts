import { graphql } from '../generated/index.ts'

/** Who is asking. */
export const Viewer = graphql(`query ServerViewer { viewer { role name } }`)

/** A room by the id that Rocket.Chat knows it under. */
export const Room = graphql(`query ServerRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) { id status }
}`)

/** Says something. */
export const Send = graphql(`mutation ServerSend($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on SendMessagePayload { message { text } } ... on UserError { code } }
}`)

/** What is said from now on. */
export const Added = graphql(`subscription ServerAdded($id: ID!) { messageAdded(roomId: $id) { text } }`)

/** Rooms, filtered by an input that has an enumeration in it. */
export const Rooms = graphql(
  `query ServerRooms($filter: RoomFilter) { rooms(filter: $filter) { nodes { id } } }`,
)
