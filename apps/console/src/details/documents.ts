import { graphql } from '../../generated/index.ts'

/** The facts of the pane next to a conversation. At Rocket.Chat a visitor's fields cost one call per minute. */
export const RoomDetails = graphql(`
  fragment ConsoleRoomDetails on Room {
    createdAt
    firstResponseAt
    customFields { key value }
    visitor { nativeId name email phone avatarUrl seenUpTo customFields { key value } }
    ...ConsoleRoomState
  }
`)

/** What changes while a room is open. It costs no call of an event, so it has no details of the visitor. */
export const RoomState = graphql(`
  fragment ConsoleRoomState on Room {
    status
    department { id name }
    agents { nativeId name seenUpTo }
    tags
    closedAt
    closedBy { name role }
    unansweredSince
    queue { position since estimatedWaitMs }
    rating { score comment ratedAt }
    capabilities { capability allowed reason }
  }
`)

export const SetTagsMutation = graphql(`
  mutation ConsoleSetTags($input: SetRoomTagsInput!) {
    setRoomTags(input: $input) {
      __typename
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

/** No provider lists its tags through the gateway: these are the tags of its latest rooms. */
export const UsedTagsQuery = graphql(`
  query ConsoleUsedTags($filter: RoomFilter) {
    rooms(first: 100, filter: $filter) { nodes { tags } }
  }
`)

/** The gateway has no filter by visitor: the caller selects the visitor's rooms. */
export const ClosedRoomsQuery = graphql(`
  query ConsoleClosedRooms($after: String, $filter: RoomFilter) {
    rooms(first: 100, after: $after, filter: $filter) {
      nodes {
        id
        createdAt
        closedAt
        lastActivityAt
        visitor { nativeId }
        lastMessage { id text state }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
`)
