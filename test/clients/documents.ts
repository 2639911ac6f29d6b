import { graphql } from '../generated/index.ts'

export const RoomId = graphql(`
  query ClientsRoomId($nativeId: String!) {
    roomByNativeId(provider: "rocketchat", nativeId: $nativeId) {
      id
    }
  }
`)
