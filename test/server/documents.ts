import { graphql } from '../generated/index.ts'

/** The caller. */
export const Viewer = graphql(`query ServerViewer { viewer { role name } }`)

/** A room by its native id. */
export const Room = graphql(`query ServerRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) { id status }
}`)

/** Sends a message. */
export const Send = graphql(`mutation ServerSend($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on SendMessagePayload { message { text } } ... on UserError { code } }
}`)

/** New messages. */
export const Added = graphql(`subscription ServerAdded($id: ID!) { messageAdded(roomId: $id) { text } }`)

/** Rooms, filtered by an input with an enum value. */
export const Rooms = graphql(
  `query ServerRooms($filter: RoomFilter) { rooms(filter: $filter) { nodes { id } } }`,
)
