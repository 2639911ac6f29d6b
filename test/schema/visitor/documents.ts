import { graphql } from '../../generated/index.ts'

/** The ids of the caller's own rooms. */
export const OwnRoomIds = graphql(`query VisitorOwnRoomIds($provider: String) {
  viewer { role rooms(provider: $provider) { id nativeId } }
}`)

/** The caller's own rooms with their state. */
export const OwnRooms = graphql(`query VisitorOwnRooms($provider: String) {
  viewer {
    rooms(provider: $provider) {
      nativeId status createdAt closedAt tags
      visitor { name role }
      lastMessage { text }
      provider { name }
    }
  }
}`)

/** The caller's own rooms with their newest messages. */
export const OwnRoomMessages = graphql(`query VisitorOwnRoomMessages($last: Int) {
  viewer { rooms { id messages(last: $last) { nodes { text } } } }
}`)
