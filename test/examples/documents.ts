import { graphql } from '../generated/index.ts'

export const RoomId = graphql(`
  query ClientsRoomId($nativeId: String!) {
    roomByNativeId(provider: "rocketchat", nativeId: $nativeId) {
      id
    }
  }
`)

export const Events = graphql(`
  subscription ClientsEvents($roomId: ID!) {
    roomEvents(roomId: $roomId) {
      cursor
    }
  }
`)
